package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.shipping.KubernetesObjects.Pods;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;

import java.util.List;
import java.util.Map;

/** What is asked of every pod: the restricted standard field by field, bounds, and secrets by reference. */
final class PodRules {
    /** In the mode of a file. */
    private static final int OTHERS = 0007;

    private PodRules() {}

    static void assertRestricted(Pods pods) {
        PodSpec spec = pods.template().getSpec();
        PodSecurityContext security = spec.getSecurityContext();
        assertThat(spec.getAutomountServiceAccountToken())
                .as("token in %s", pods)
                .isFalse();
        assertThat(spec.getEnableServiceLinks()).as("links in %s", pods).isFalse();
        assertThat(spec.getHostNetwork()).as("network of %s", pods).isNull();
        assertThat(spec.getHostPID()).as("processes of %s", pods).isNull();
        assertThat(spec.getHostIPC()).as("memory of %s", pods).isNull();
        assertThat(security.getRunAsNonRoot()).as("root in %s", pods).isTrue();
        assertThat(security.getRunAsUser()).as("user of %s", pods).isPositive();
        assertThat(security.getRunAsGroup()).as("group of %s", pods).isPositive();
        assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(spec.getInitContainers()).as("first containers of %s", pods).isEmpty();
        assertThat(spec.getContainers()).isNotEmpty().allSatisfy(one -> assertRestricted(pods, one));
        assertThat(spec.getVolumes()).allSatisfy(PodRules::assertHarmless);
    }

    private static void assertRestricted(Pods pods, Container container) {
        SecurityContext security = container.getSecurityContext();
        assertThat(security.getRunAsNonRoot()).as("root in %s", pods).isTrue();
        assertThat(security.getPrivileged()).as("privileges of %s", pods).isFalse();
        assertThat(security.getAllowPrivilegeEscalation())
                .as("escalation in %s", pods)
                .isFalse();
        assertThat(security.getReadOnlyRootFilesystem()).as("files of %s", pods).isTrue();
        assertThat(security.getCapabilities().getDrop())
                .as("capabilities of %s", pods)
                .containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd())
                .as("capabilities of %s", pods)
                .isEmpty();
        assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getPorts())
                .allSatisfy(port -> assertThat(port.getHostPort()).isNull());
        assertBounded(pods, container);
        assertThat(container.getEnv()).allSatisfy(PodRules::assertNoSecretInside);
    }

    private static void assertBounded(Pods pods, Container container) {
        Map<String, Quantity> requests = container.getResources().getRequests();
        Map<String, Quantity> limits = container.getResources().getLimits();
        assertThat(requests).as("requests of %s", pods).containsKeys("cpu", "memory", "ephemeral-storage");
        assertThat(limits).as("limits of %s", pods).containsKeys("cpu", "memory", "ephemeral-storage");
        requests.forEach((what, amount) -> assertThat(amount.getNumericalAmount())
                .as("%s of %s", what, pods)
                .isLessThanOrEqualTo(limits.get(what).getNumericalAmount()));
    }

    private static void assertNoSecretInside(EnvVar variable) {
        if (variable.getName().matches(".*(PASSWORD|SECRET|TOKEN|AUTH|URL).*")) {
            assertThat(variable.getValue()).as(variable.getName()).isNull();
            assertThat(variable.getValueFrom().getSecretKeyRef())
                    .as(variable.getName())
                    .isNotNull();
        }
    }

    private static void assertHarmless(Volume volume) {
        assertThat(volume.getHostPath()).as(volume.getName()).isNull();
        if (volume.getSecret() != null) {
            assertThat(volume.getSecret().getDefaultMode() & OTHERS)
                    .as("rights of others to %s", volume.getName())
                    .isZero();
        } else if (volume.getPersistentVolumeClaim() == null) {
            assertThat(volume.getEmptyDir()).as(volume.getName()).isNotNull();
            assertThat(volume.getEmptyDir().getSizeLimit()).as(volume.getName()).isNotNull();
        }
    }

    /** Probes of the service go to the port that is kept from the public. */
    static void assertProbesOnManagementPort(Container container) {
        List<Probe> probes =
                List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe());
        assertThat(probes)
                .extracting(probe -> probe.getHttpGet().getPath())
                .containsExactly("/q/health/started", "/q/health/live", "/q/health/ready");
        assertThat(probes)
                .allSatisfy(probe ->
                        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management"));
        assertThat(container.getPorts())
                .extracting(port -> port.getName() + " " + port.getContainerPort())
                .containsExactlyInAnyOrder("http 8080", "management 9000");
    }
}
