package dev.logintoken.kitchensink;

import dev.logintoken.api.ThingsApi;
import dev.logintoken.api.model.AccessErrorCode;
import dev.logintoken.api.model.Colour;
import dev.logintoken.api.model.GetThingErrorCode;
import dev.logintoken.api.model.ListThingsErrorCode;
import dev.logintoken.api.model.Thing;
import dev.logintoken.api.model.ThingErrorCode;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** Implements every operation, and echoes what it got. */
final class Things implements ThingsApi {

    @Override
    public Map<String, String> listThings(
            @Nullable String queryKey,
            @Nullable String headerKey,
            Integer page,
            Integer size,
            @Nullable Long after,
            @Nullable Double ratio,
            @Nullable BigDecimal price,
            @Nullable Boolean active,
            @Nullable Instant since,
            @Nullable LocalDate day,
            @Nullable UUID owner,
            @Nullable URI link,
            @Nullable String name,
            String order,
            @Nullable Colour colour,
            List<String> tags,
            List<LocalDate> days,
            List<Colour> colours,
            @Nullable Integer depth,
            @Nullable Instant headerSince,
            @Nullable String theme,
            @Nullable String reserved)
            throws ListThingsErrorCode.Refused {
        if (queryKey == null && headerKey == null) {
            throw new ListThingsErrorCode.Refused(AccessErrorCode.FORBIDDEN);
        }
        Map<String, Object> got = new TreeMap<>();
        got.put("key", queryKey == null ? "header " + headerKey : "query " + queryKey);
        got.put("page", page);
        got.put("size", size);
        got.put("after", after);
        got.put("ratio", ratio);
        got.put("price", price);
        got.put("active", active);
        got.put("since", since);
        got.put("day", day);
        got.put("owner", owner);
        got.put("link", link);
        got.put("name", name);
        got.put("order", order);
        got.put("colour", colour);
        got.put("tags", tags.isEmpty() ? null : tags);
        got.put("days", days.isEmpty() ? null : days);
        got.put("colours", colours.isEmpty() ? null : colours);
        got.put("X-Depth", depth);
        got.put("X-Since", headerSince);
        got.put("theme", theme);
        got.put("class", reserved);
        got.values().removeIf(Objects::isNull);
        Map<String, String> texts = new TreeMap<>();
        got.forEach((key, value) -> texts.put(key, value.toString()));
        return texts;
    }

    @Override
    public Response createThing(Thing thing) {
        return "later".equals(thing.getName())
                ? CreateThingSuccess.status202().build()
                : CreateThingSuccess.status201(thing.id(7L))
                        .location(URI.create("things/7"))
                        .build();
    }

    @Override
    @Deprecated
    public Thing getThing(Long id) throws GetThingErrorCode.Refused {
        if (id == 404) {
            throw new GetThingErrorCode.Refused(ThingErrorCode.NO_THING);
        }
        return new Thing().id(id).name("thing").kind(Thing.KindEnum.VERY_LARGE);
    }

    @Override
    public Response touchThing(UUID id) {
        return TouchThingSuccess.status200().build();
    }

    @Override
    public Response deleteThing(Colour colour) {
        return DeleteThingSuccess.status202().build();
    }

    @Override
    public InputStream getPicture() {
        return new ByteArrayInputStream(new byte[] {1, 2, 3});
    }

    @Override
    public void putPicture(InputStream picture) {
        text(picture);
    }

    @Override
    public String sendForm(String name, @Nullable Long count, @Nullable Instant at) {
        return name + " " + count + " " + at;
    }

    @Override
    public String upload(InputStream photo, @Nullable String title) {
        return title + ": " + text(photo);
    }

    @Override
    public List<String> ping(@Nullable Integer times) {
        return times == null || times < 1 ? List.of() : Collections.nCopies(times, "pong");
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
