package dev.logintoken.contract.verification;

import au.com.dius.pact.core.matchers.BodyMismatch;
import au.com.dius.pact.core.matchers.BodyTypeMismatch;
import au.com.dius.pact.core.matchers.HeaderMismatch;
import au.com.dius.pact.core.matchers.Mismatch;
import au.com.dius.pact.core.matchers.StatusMismatch;
import au.com.dius.pact.provider.VerificationFailureType;
import au.com.dius.pact.provider.VerificationFailureType.MismatchFailure;
import au.com.dius.pact.provider.VerificationResult;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;

/** Says what Pact has against an answer, a line for each fault: where, what was expected, what came. */
final class Faults {

    private static final int MAX_TEXT = 300;

    private Faults() {}

    /** Returns the lines; none if Pact has nothing against the answer. */
    static List<String> of(PactVerificationContext context) {
        return context.getTestExecutionResult().stream()
                .map(VerificationResult.Failed::getFailures)
                .flatMap(failures -> failures.values().stream())
                .flatMap(Collection::stream)
                .map(Faults::line)
                .distinct()
                .toList();
    }

    private static String line(VerificationFailureType failure) {
        return failure instanceof MismatchFailure found ? line(found.getMismatch()) : failure.description();
    }

    private static String line(Mismatch mismatch) {
        if (mismatch instanceof StatusMismatch status) {
            return line("status", String.valueOf(status.getExpected()), status.getActual());
        }
        if (mismatch instanceof HeaderMismatch header) {
            return line("header " + header.getHeaderKey(), header.getExpected(), header.getActual());
        }
        if (mismatch instanceof BodyTypeMismatch type) {
            return line("media type", type.getExpected(), type.getActual());
        }
        if (mismatch instanceof BodyMismatch body) {
            return line("body at " + body.getPath(), text(body.getExpected()), text(body.getActual()));
        }
        return mismatch.description();
    }

    private static String line(String where, String expected, Object came) {
        return where + ": expected " + expected + ", came " + came;
    }

    private static String text(@Nullable Object value) {
        String text = String.valueOf(value).replaceAll("\\s+", " ");
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }
}
