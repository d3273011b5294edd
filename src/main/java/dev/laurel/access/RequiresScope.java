package dev.laurel.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a caller needs for an operation. Each has this annotation, or its resource has; the build fails otherwise. That of
 * the operation counts.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresScope {
    /** One of these is enough; none for an operation that anyone may call. */
    Scope[] value();

    /**
     * Whether callers who are limited to some boards may call it although its address names no board: it tells nothing of
     * boards, or looks at those of the caller only.
     */
    boolean withinBoards() default false;

    /** Whether it concerns the service as a whole, all tenants: only its operators may call it ({@link Caller#isOperator}). */
    boolean ofService() default false;
}
