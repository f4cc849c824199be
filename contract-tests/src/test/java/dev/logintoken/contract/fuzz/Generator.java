package dev.logintoken.contract.fuzz;

import dev.logintoken.contract.fuzz.judge.Contract;
import dev.logintoken.contract.fuzz.judge.Contract.Operation;
import dev.logintoken.contract.fuzz.judge.ExpectedAnswer;
import dev.logintoken.contract.fuzz.judge.Request;
import dev.logintoken.contract.fuzz.oracle.Oracle;
import dev.logintoken.contract.fuzz.oracle.World;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the requests of one scenario. */
final class Generator {

    /** How seldom a password is looked at: each look costs as much as a hundred other requests. */
    private static final int ATTEMPTS = 12;

    private final Contract contract;
    private final Target target;
    private final URI service;
    private final World world;
    private final Oracle oracle;
    private final Dice dice;
    private final Credentials credentials;
    private final Bodies bodies;
    private final String id;
    private final AtomicInteger made = new AtomicInteger();

    /**
     * @param target where they go
     * @param id begins the ids of its requests
     */
    Generator(Contract contract, Target target, World world, Dice dice, String id) {
        this.contract = contract;
        this.target = target;
        this.service = target.url();
        this.world = world;
        this.oracle = new Oracle(world);
        this.dice = dice;
        this.credentials = new Credentials(world, dice);
        this.bodies = new Bodies(world, dice);
        this.id = id;
    }

    /** A request of any kind: valid, nearly valid, or so wrong that it only just is a request. */
    Request any() {
        Operation operation = operation();
        Request request = blank(operation);
        if (dice.onceIn(4)) {
            request = request.without("X-Request-Id");
        }
        request = credentials.client(request);
        if (!operation.id().equals("logoutUser")) {
            request = named(request);
        } else if (!dice.onceIn(6)) {
            request = request.plus(
                    "User-Authorization", "Bearer " + credentials.mangled(dice.pick(credentials.expendable())));
        }
        if (operation.hasBody()) {
            request = request.plus("Content-Type", "application/json").withBody(bodies.body(operation));
        }
        Mutations mutations = new Mutations(target, dice);
        for (int i = dice.below(3) - 1; i >= 0; i--) {
            request = mutations.mutate(request);
        }
        return sparing(credentials.harmless(request));
    }

    /** A request that a pipeline can hold: its answer does not depend on how the connection goes on. */
    Request plain() {
        Operation operation = operation();
        Request request = credentials.client(blank(operation));
        if (operation.id().equals("getLoginToken")) {
            request = named(request);
        }
        if (operation.hasBody()) {
            request = request.plus("Content-Type", "application/json").withBody(bodies.plain(operation));
        }
        return sparing(credentials.harmless(request));
    }

    /** A request to an operation, with an id, a 1 as each parameter of the path, and no other header of meaning. */
    Request blank(Operation operation) {
        return Request.of(operation)
                .withTarget(service.getPath() + operation.path().replaceAll("\\{[^}]*}", "1"))
                .plus("Host", service.getAuthority())
                .plus("X-Request-Id", id());
    }

    Request blank(String operation) {
        return blank(contract.operation(operation));
    }

    private Request named(Request request) {
        boolean matters = request.operation().id().equals("getLoginToken");
        return matters || dice.onceIn(10) ? credentials.user(request) : request;
    }

    private Operation operation() {
        List<Operation> all = List.copyOf(contract.operations());
        return dice.onceIn(4) ? contract.operation("getLoginToken") : dice.pick(all);
    }

    /** The same, unless it would have a password looked at too often. */
    private Request sparing(Request request) {
        Set<ExpectedAnswer> expected = oracle.expect(request);
        boolean attempt = expected.stream().anyMatch(outcome -> outcome.status() == 429);
        return attempt && !dice.onceIn(ATTEMPTS)
                ? bodies.unattempted(request.operation()).map(request::withBody).orElse(request)
                : request;
    }

    /** A request with a body of these fields. */
    Request post(String operation, String... fields) {
        return blank(operation).plus("Content-Type", "application/json").withBody(Bodies.of(fields));
    }

    /** A request id that no other request has. */
    String id() {
        return id + made.incrementAndGet();
    }

    /** The scenario that goes with it. */
    Scenarios scenario(Lane lane) {
        return new Scenarios(this, lane);
    }

    World world() {
        return world;
    }

    Dice dice() {
        return dice;
    }
}
