package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.laurel.shipping.KubernetesObjects.Pods;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The manifests say only what Kubernetes knows, keep to the restricted standard, and fit the service. */
class KubernetesManifestsTest {
    /** What PostgreSQL leaves to ordinary users when nothing is configured. */
    private static final int CONNECTIONS = 97;

    @ParameterizedTest
    @ValueSource(strings = {"local", "production", "public"})
    void everyPodIsRestricted(String overlay) {
        assertThat(Overlay.of(overlay).objects().pods()).isNotEmpty().allSatisfy(PodRules::assertRestricted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production", "public"})
    void everyObjectIsInTheNamespaceAndEveryImageHasAVersion(String name) {
        Overlay overlay = Overlay.of(name);
        assumeThat(overlay.rendered()).as("kubectl is there").isTrue();

        assertThat(overlay.objects().all())
                .filteredOn(object -> !object.getKind().equals("Namespace"))
                .allSatisfy(object -> assertThat(object.getMetadata().getNamespace())
                        .as("%s %s", object.getKind(), object.getMetadata().getName())
                        .isEqualTo("laurel"));
        assertThat(overlay.objects().pods())
                .flatExtracting(pods -> pods.template().getSpec().getContainers())
                .extracting(Container::getImage)
                .allSatisfy(image -> assertThat(image).matches(Images.PINNED))
                .anySatisfy(image -> assertThat(image).contains("laurel:" + Images.version()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production", "public"})
    void aChangeOfConfigurationReplacesThePods(String name) {
        Overlay overlay = Overlay.of(name);
        assumeThat(overlay.rendered()).as("kubectl is there").isTrue();

        String used = container(overlay).getEnvFrom().get(0).getConfigMapRef().getName();
        assertThat(used).matches("laurel-config-[a-z0-9]{10}");
        assertThat(overlay.objects().one(ConfigMap.class, used).getData())
                .containsEntry("LAUREL_POSTGRES_MIGRATE_AT_START", "false");
        assertThat(overlay.objects().pods())
                .flatExtracting(pods -> pods.template().getSpec().getContainers())
                .flatExtracting(Container::getEnvFrom)
                .allSatisfy(
                        source -> assertThat(source.getConfigMapRef().getName()).isEqualTo(used));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production", "public"})
    void theServiceIsAskedOnItsManagementPortAndStopsInOrder(String overlay) throws IOException {
        PodSpec pod = service(Overlay.of(overlay)).getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().get(0);

        PodRules.assertProbesOnManagementPort(container);
        long pause = container.getLifecycle().getPreStop().getSleep().getSeconds();
        assertThat(pause).isPositive();
        assertThat(Duration.ofSeconds(pod.getTerminationGracePeriodSeconds() - pause))
                .isGreaterThan(shutdownTimeout());
        assertThat(pod.getTopologySpreadConstraints())
                .extracting(spread -> spread.getTopologyKey())
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production", "public"})
    void selectorsMeetThePodsOfTheService(String name) {
        KubernetesObjects objects = Overlay.of(name).objects();
        Deployment service = objects.one(Deployment.class, "laurel");
        Map<String, String> labels =
                service.getSpec().getTemplate().getMetadata().getLabels();

        assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector().getMatchLabels());
        assertThat(labels)
                .containsAllEntriesOf(
                        objects.one(Service.class, "laurel").getSpec().getSelector())
                .containsAllEntriesOf(objects.one(Service.class, "laurel-management")
                        .getSpec()
                        .getSelector())
                .containsAllEntriesOf(objects.one(PodDisruptionBudget.class, "laurel")
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
        assertThat(objects.one(Job.class, "laurel-migration")
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .as("no request goes to the migration")
                .doesNotContainEntry("app.kubernetes.io/component", "service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production", "public"})
    void replicasNeverWantMoreConnectionsThanThereAre(String name) throws IOException {
        KubernetesObjects objects = Overlay.of(name).objects();
        Properties config = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("k8s/base/laurel.env"))) {
            config.load(file);
        }
        int pool = Integer.parseInt(config.getProperty("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE"));
        int surge = objects.one(Deployment.class, "laurel")
                .getSpec()
                .getStrategy()
                .getRollingUpdate()
                .getMaxSurge()
                .getIntVal();
        int replicas =
                objects.one(HorizontalPodAutoscaler.class, "laurel").getSpec().getMaxReplicas();

        assertThat((replicas + surge) * pool).isLessThanOrEqualTo(CONNECTIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production", "public"})
    void theMigrationRunsTheImageOfTheServiceOnce(String name) {
        Overlay overlay = Overlay.of(name);
        Job migration = overlay.objects().one(Job.class, "laurel-migration");
        Container container =
                migration.getSpec().getTemplate().getSpec().getContainers().get(0);

        assertThat(container.getImage()).isEqualTo(container(overlay).getImage());
        assertThat(container.getArgs()).containsExactly("--migrate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production", "public"})
    void theNetworkIsClosedButForWhatIsNamed(String name) {
        KubernetesObjects objects = Overlay.of(name).objects();

        NetworkPolicy deny = objects.one(NetworkPolicy.class, "deny-all");
        assertThat(deny.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
        assertThat(deny.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(deny.getSpec().getIngress()).isEmpty();
        assertThat(objects.all(NetworkPolicy.class))
                .flatExtracting(policy -> policy.getSpec().getIngress())
                .allSatisfy(rule -> {
                    assertThat(rule.getFrom()).isNotEmpty();
                    assertThat(rule.getPorts()).isNotEmpty();
                });
        assertThat(objects.all(NetworkPolicy.class))
                .flatExtracting(policy -> policy.getSpec().getEgress())
                .allSatisfy(rule -> {
                    assertThat(rule.getTo()).isNotEmpty();
                    assertThat(rule.getPorts()).isNotEmpty();
                });
    }

    @Test
    void theIngressRoutesToTheServiceAndNeverToAdministration() {
        KubernetesObjects objects = Overlay.of("public").objects();
        Ingress ingress = objects.one(Ingress.class, "laurel");
        Service service = objects.one(Service.class, "laurel");

        assertThat(ingress.getSpec().getRules()).hasSize(1).allSatisfy(rule -> {
            assertThat(ingress.getSpec().getTls())
                    .flatExtracting(IngressTLS::getHosts)
                    .contains(rule.getHost());
            assertThat(rule.getHttp().getPaths()).isNotEmpty().allSatisfy(path -> {
                assertThat(path.getBackend().getService().getName())
                        .isEqualTo(service.getMetadata().getName());
                assertThat(service.getSpec().getPorts())
                        .extracting(ServicePort::getName)
                        .contains(path.getBackend().getService().getPort().getName());
                assertThat(List.of("/api/v1/admin/status", "/api/redis-leaderboard/admin/reset/daily", "/q/openapi"))
                        .noneMatch(closed -> path.getPathType().equals("Prefix")
                                ? closed.startsWith(path.getPath())
                                : closed.equals(path.getPath()));
            });
        });
        assertThat(objects.one(NetworkPolicy.class, "ingress-controller")
                        .getSpec()
                        .getPodSelector()
                        .getMatchLabels())
                .isEqualTo(service.getSpec().getSelector());
    }

    @Test
    void onlyTheOverlayThatSaysSoIsPublic() {
        for (String name : List.of("local", "production")) {
            Overlay overlay = Overlay.of(name);
            assumeThat(overlay.rendered()).as("kubectl is there").isTrue();

            assertThat(overlay.objects().all(Ingress.class)).isEmpty();
        }
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsRefused() {
        String misspelt = YamlFile.text(Path.of("k8s/base/deployment.yaml"))
                .replace("readOnlyRootFilesystem", "readOnlyRootFileSystem");

        assertThatThrownBy(() -> KubernetesObjects.parse(misspelt)).hasMessageContaining("readOnlyRootFileSystem");
    }

    private static Deployment service(Overlay overlay) {
        return overlay.objects().one(Deployment.class, "laurel");
    }

    private static Container container(Overlay overlay) {
        Deployment service = service(overlay);
        return new Pods(service, service.getSpec().getTemplate())
                .template()
                .getSpec()
                .getContainers()
                .get(0);
    }

    private static Duration shutdownTimeout() throws IOException {
        Properties settings = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }
        return Duration.parse("PT" + settings.getProperty("quarkus.shutdown.timeout"));
    }
}
