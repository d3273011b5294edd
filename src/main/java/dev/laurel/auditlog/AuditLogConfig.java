package dev.laurel.auditlog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the audit log. */
@ConfigMapping(prefix = "laurel.audit-log")
public interface AuditLogConfig {
    /** How long entries are kept, at least 30 days. */
    @WithDefault("P400D")
    Duration retention();
}
