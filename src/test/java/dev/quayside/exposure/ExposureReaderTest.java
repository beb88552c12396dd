package dev.quayside.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.PortBinding;
import dev.quayside.engine.RuntimeFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExposureReaderTest {

  private static final Listening HIDDEN = new Listening.Hidden("because");
  private final ExposureReader reader = new ExposureReader();

  @Property(tries = 200)
  void theExposureOfARowIsTheWidestOfItsPorts(@ForAll("bindings") List<PortBinding> bindings) {
    ContainerPorts ports = read(container("a", "bridge", bindings), HIDDEN);
    assertThat(ports.ports())
        .extracting(ExposedPort::binding)
        .containsExactlyInAnyOrderElementsOf(bindings);
    boolean lan =
        bindings.stream().anyMatch(each -> each.published() > 0 && !local(each.hostAddress()));
    boolean loopback =
        bindings.stream().anyMatch(each -> each.published() > 0 && local(each.hostAddress()));
    assertThat(ports.exposure())
        .isEqualTo(lan ? Exposure.LAN : loopback ? Exposure.LOOPBACK : Exposure.INTERNAL);
  }

  @Test
  void theIpv6WildcardAloneIsLan() {
    PortBinding binding = new PortBinding(80, "tcp", "::", 1234);
    assertThat(read(container("a", "bridge", List.of(binding)), HIDDEN).exposure())
        .isEqualTo(Exposure.LAN);
  }

  @Test
  void hostNetworkWithoutInsightIsUnknownWithItsReason() {
    ContainerPorts ports = read(container("a", "host", List.of()), HIDDEN);
    assertThat(ports.exposure()).isEqualTo(Exposure.UNKNOWN);
    assertThat(ports.reason()).isEqualTo("because");
  }

  @Test
  void hostNetworkIsJudgedByItsListeningSockets() {
    Listening sockets =
        new Listening.Sockets(
            List.of(new PortBinding(9, "tcp", "127.0.0.1", 9), new PortBinding(8, "tcp", "::", 8)));
    ContainerPorts ports = read(container("a", "host", List.of()), sockets);
    assertThat(ports.exposure()).isEqualTo(Exposure.LAN);
    assertThat(ports.ports())
        .extracting(port -> port.binding().containerPort())
        .containsExactly(8, 9);
    assertThat(ports.ports()).allMatch(ExposedPort::hostNetwork);
  }

  @Test
  void aContainerInAnothersNetworkIsAsReachableAsThatOne() {
    Container front = container("b", "bridge", List.of(new PortBinding(80, "tcp", "0.0.0.0", 80)));
    Container behind = container("a", "container:" + front.id().value(), List.of());
    ContainerPorts ports = reader.read(behind, Map.of(front.id(), front)::get, any -> HIDDEN);
    assertThat(ports.exposure()).isEqualTo(Exposure.LAN);
    assertThat(ports.reason()).contains("b");
    assertThat(reader.read(behind, id -> null, any -> HIDDEN).exposure())
        .isEqualTo(Exposure.UNKNOWN);
  }

  @Test
  void aContainerInTheNetworkOfOneThatNobodyLookedAtIsUnknownAndNotInternal() {
    Container looked = container("b", "bridge", List.of());
    Container front =
        new Container(
            looked.id(),
            "b",
            "i",
            "",
            ContainerState.RUNNING,
            Health.NONE,
            Instant.EPOCH,
            List.of(),
            Map.of(),
            List.of(),
            null);
    Container behind = container("a", "container:" + front.id().value(), List.of());
    ContainerPorts ports = reader.read(behind, Map.of(front.id(), front)::get, any -> HIDDEN);
    assertThat(ports.exposure()).isEqualTo(Exposure.UNKNOWN);
    assertThat(ports.reason()).isNotEmpty();
  }

  @Test
  void aContainerOfASwarmServiceIsUnknownBecauseTheSwarmBindsItsPorts() {
    Container plain = container("a", "ingress", List.of(new PortBinding(80, "tcp", null, 0)));
    Container task =
        new Container(
            plain.id(),
            "a",
            "i",
            "",
            ContainerState.RUNNING,
            Health.NONE,
            Instant.EPOCH,
            plain.ports(),
            Map.of("com.docker.swarm.service.id", "x"),
            List.of("ingress"),
            plain.facts());
    assertThat(read(plain, HIDDEN).exposure()).isEqualTo(Exposure.INTERNAL);
    assertThat(read(task, HIDDEN).exposure()).isEqualTo(Exposure.UNKNOWN);
  }

  @Test
  void aContainerThatDoesNotRunIsReachableByNobodyAndKeepsItsPorts() {
    PortBinding binding = new PortBinding(80, "tcp", "0.0.0.0", 80);
    Container runs = container("a", "host", List.of(binding));
    for (ContainerState state :
        List.of(ContainerState.CREATED, ContainerState.EXITED, ContainerState.DEAD)) {
      ContainerPorts ports = read(in(state, runs), HIDDEN);
      assertThat(ports.exposure()).isEqualTo(Exposure.NONE);
      assertThat(ports.ports()).containsExactly(new ExposedPort(binding, Exposure.NONE, false));
    }
    ContainerPorts untold = read(in(ContainerState.UNKNOWN, runs), HIDDEN);
    assertThat(untold.exposure()).isEqualTo(Exposure.UNKNOWN);
    assertThat(untold.reason()).isNotEmpty();
  }

  private static Container in(ContainerState state, Container container) {
    return new Container(
        container.id(),
        container.name(),
        container.image(),
        container.imageId(),
        state,
        container.health(),
        container.created(),
        container.ports(),
        container.labels(),
        container.networks(),
        container.facts());
  }

  @Test
  void whatIsNotKnownIsWiderThanLoopbackAndNarrowerThanLan() {
    assertThat(Exposure.LOOPBACK.widest(Exposure.UNKNOWN)).isEqualTo(Exposure.UNKNOWN);
    assertThat(Exposure.UNKNOWN.widest(Exposure.LAN)).isEqualTo(Exposure.LAN);
    assertThat(Exposure.INTERNAL.widest(Exposure.LOOPBACK)).isEqualTo(Exposure.LOOPBACK);
    assertThat(Exposure.NONE.widest(Exposure.INTERNAL)).isEqualTo(Exposure.INTERNAL);
  }

  @Provide
  Arbitrary<List<PortBinding>> bindings() {
    Arbitrary<String> address =
        Arbitraries.of("127.0.0.1", "::1", "0.0.0.0", "::", "192.168.1.2", "fe80::1%eth0");
    Arbitrary<PortBinding> published =
        Combinators.combine(
                Arbitraries.integers().between(1, 65535),
                address,
                Arbitraries.integers().between(1, 65535))
            .as((inner, bound, outer) -> new PortBinding(inner, "tcp", bound, outer));
    Arbitrary<PortBinding> inside =
        Arbitraries.integers()
            .between(1, 65535)
            .map(inner -> new PortBinding(inner, "tcp", null, 0));
    return Arbitraries.oneOf(published, inside).list().ofMaxSize(6);
  }

  private static boolean local(String address) {
    return address.equals("127.0.0.1") || address.equals("::1");
  }

  private ContainerPorts read(Container container, Listening listening) {
    Function<ContainerId, Container> none = id -> null;
    return reader.read(container, none, any -> listening);
  }

  private static Container container(String letter, String mode, List<PortBinding> ports) {
    RuntimeFacts facts =
        new RuntimeFacts(
            OptionalLong.of(1),
            Instant.EPOCH,
            null,
            OptionalInt.empty(),
            false,
            0,
            OptionalDouble.empty(),
            OptionalLong.empty(),
            mode,
            false);
    return new Container(
        new ContainerId(letter.repeat(64)),
        letter,
        "i",
        "",
        ContainerState.RUNNING,
        Health.NONE,
        Instant.EPOCH,
        ports,
        Map.of(),
        List.of(),
        facts);
  }
}
