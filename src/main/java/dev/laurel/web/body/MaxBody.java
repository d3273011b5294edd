package dev.laurel.web.body;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The longest body that an operation accepts, in bytes. Without it that is {@link #DEFAULT}. It holds for bodies of any content
 * type but uploaded files, and none may exceed {@code quarkus.http.limits.max-body-size}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface MaxBody {
    /** Of operations on one thing: 64 KiB. */
    int DEFAULT = 64 << 10;

    /** For a thousand ids, each as long as allowed: 1 MiB. */
    int IDS = 1 << 20;

    /** For ten thousand items: 8 MiB. */
    int ITEMS = 8 << 20;

    int value();
}
