package dev.laurel.web.boards;

import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;

/** The response to a read or a change of something that has a version: what it is now, with its entity tag. */
public final class VersionedAnswer {
    private VersionedAnswer() {}

    /** It was read or changed. */
    public static <T> RestResponse<T> of(T json, String version) {
        return with(RestResponse.Status.OK, json, version);
    }

    /** It was written, and may not have existed before. */
    public static <T> RestResponse<T> written(T json, String version, boolean created) {
        return with(created ? RestResponse.Status.CREATED : RestResponse.Status.OK, json, version);
    }

    private static <T> RestResponse<T> with(RestResponse.Status status, T json, String version) {
        return RestResponse.ResponseBuilder.create(status, json)
                .header(HttpHeaders.ETAG, Preconditions.tag(version))
                .build();
    }
}
