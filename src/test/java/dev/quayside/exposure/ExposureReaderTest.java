package dev.quayside.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.Network;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureReaderTest {

  private static final PortBinding DECLARED = new PortBinding(8080, "tcp", null, 0);
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
  void aHighDatagramSocketOnTheHostsNetworkLeavesInDoubtWhatIsNotOpenAnyway() {
    List<PortBinding> loopback = List.of(new PortBinding(9, "tcp", "127.0.0.1", 9));
    ContainerPorts ports =
        read(container("a", "host", List.of()), new Listening.Sockets(loopback, true));
    assertThat(ports.exposure()).isEqualTo(Exposure.UNKNOWN);
    assertThat(ports.reason()).contains("UDP");
    assertThat(ports.ports()).hasSize(1);
    List<PortBinding> lan = List.of(new PortBinding(9, "tcp", "0.0.0.0", 9));
    assertThat(read(container("a", "host", List.of()), new Listening.Sockets(lan, true)).exposure())
        .isEqualTo(Exposure.LAN);
  }

  @Test
  void aContainerInAnothersNetworkIsAsReachableAsThatOne() {
    Container front = container("b", "bridge", List.of(new PortBinding(80, "tcp", "0.0.0.0", 80)));
    Container behind = container("a", "container:" + front.id().value(), List.of());
    ContainerPorts ports = reader.read(behind, around(Map.of(front.id(), front)::get, HIDDEN));
    assertThat(ports.exposure()).isEqualTo(Exposure.LAN);
    assertThat(ports.reason()).contains("b");
    assertThat(reader.read(behind, around(id -> null, HIDDEN)).exposure())
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
    ContainerPorts ports = reader.read(behind, around(Map.of(front.id(), front)::get, HIDDEN));
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

  @ParameterizedTest
  @CsvSource({
    "bridge,,,false,INTERNAL",
    "bridge,nat,nat,false,INTERNAL",
    "bridge,isolated,,false,INTERNAL",
    "bridge,routed,,false,LAN",
    "bridge,nat,routed,false,LAN",
    "bridge,nat-unprotected,,false,LAN",
    "bridge,something-new,,false,UNKNOWN",
    "bridge,something-new,routed,false,LAN",
    "null,,,false,INTERNAL",
    "macvlan,,,false,LAN",
    "ipvlan,,,false,LAN",
    "macvlan,,,true,INTERNAL",
    "ipvlan,,,true,INTERNAL",
    "overlay,,,false,UNKNOWN",
    "host,,,false,UNKNOWN",
    "l2bridge,,,false,UNKNOWN",
    "weave,,,false,UNKNOWN",
    "'',,,false,UNKNOWN"
  })
  void everyDriverIsJudgedForAPortThatIsNotPublished(
      String driver, String ipv4, String ipv6, boolean separate, Exposure expected) {
    Network network = new Network("1", "net", driver, text(ipv4), text(ipv6), separate);
    ContainerPorts ports = read(on(List.of(DECLARED), "net"), List.of(network), HIDDEN);
    assertThat(ports.exposure()).isEqualTo(expected);
    assertThat(ports.ports()).containsExactly(new ExposedPort(DECLARED, expected, false));
    assertThat(ports.reason().isEmpty()).isEqualTo(expected == Exposure.INTERNAL);
    if (expected != Exposure.INTERNAL) {
      assertThat(ports.reason()).contains("net").doesNotContain("{");
    }
  }

  @Test
  void aNetworkThatNobodyHasReadIsUnknownAndNeverInternal() {
    assertThat(read(on(List.of(DECLARED), "net"), List.of(), HIDDEN).exposure())
        .isEqualTo(Exposure.UNKNOWN);
    assertThat(read(on(List.of(), "net"), List.of(), HIDDEN).exposure())
        .isEqualTo(Exposure.UNKNOWN);
    Network bridge = network("net", "bridge");
    assertThat(read(on(List.of(), "net", "other"), List.of(bridge), HIDDEN).exposure())
        .isEqualTo(Exposure.UNKNOWN);
  }

  @Test
  void twoNetworksOfOneNameCannotBeToldApart() {
    List<Network> both =
        List.of(
            new Network("1", "net", "bridge", "", "", false),
            new Network("2", "net", "macvlan", "", "", false));
    assertThat(read(on(List.of(DECLARED), "net"), both, HIDDEN).exposure())
        .isEqualTo(Exposure.UNKNOWN);
  }

  @Test
  void theWidestOfSeveralNetworksCounts() {
    List<Network> networks =
        List.of(network("a", "bridge"), network("b", "weave"), network("c", "macvlan"));
    assertThat(read(on(List.of(DECLARED), "a", "b"), networks, HIDDEN).exposure())
        .isEqualTo(Exposure.UNKNOWN);
    assertThat(read(on(List.of(DECLARED), "a", "b", "c"), networks, HIDDEN).exposure())
        .isEqualTo(Exposure.LAN);
  }

  @Test
  void aLoopbackBindDoesNotHideAnAddressOnTheLan() {
    PortBinding home = new PortBinding(80, "tcp", "127.0.0.1", 8080);
    PortBinding wide = new PortBinding(81, "tcp", "0.0.0.0", 8081);
    List<Network> networks = List.of(network("lan", "macvlan"), network("odd", "weave"));
    assertThat(read(on(List.of(home), "lan"), networks, HIDDEN).ports())
        .containsExactly(new ExposedPort(home, Exposure.LAN, false));
    assertThat(read(on(List.of(home), "odd"), networks, HIDDEN).exposure())
        .isEqualTo(Exposure.UNKNOWN);
    ContainerPorts bound = read(on(List.of(home, wide), "odd"), networks, HIDDEN);
    assertThat(bound.exposure()).isEqualTo(Exposure.LAN);
    assertThat(bound.reason()).isEmpty();
    assertThat(bound.ports())
        .extracting(ExposedPort::exposure)
        .containsExactly(Exposure.UNKNOWN, Exposure.LAN);
  }

  @Test
  void onTheLanThePortsItListensOnAreAddedToThoseItDeclares() {
    List<Network> networks = List.of(network("lan", "ipvlan"));
    Listening sockets =
        new Listening.Sockets(
            List.of(
                new PortBinding(8080, "tcp", "0.0.0.0", 8080),
                new PortBinding(9, "tcp", "127.0.0.1", 9),
                new PortBinding(53, "udp", "::", 53)));
    ContainerPorts ports = read(on(List.of(DECLARED), "lan"), networks, sockets);
    assertThat(ports.ports())
        .containsExactly(
            new ExposedPort(new PortBinding(53, "udp", null, 0), Exposure.LAN, false),
            new ExposedPort(DECLARED, Exposure.LAN, false));
  }

  @Test
  void onTheLanThePortsThatOnlyTheInspectionDeclaresCount() {
    Container bare = on(List.of(), "lan");
    RuntimeFacts facts = bare.facts();
    Container declaring =
        new Container(
            bare.id(),
            "a",
            "i",
            "",
            ContainerState.RUNNING,
            Health.NONE,
            Instant.EPOCH,
            List.of(),
            Map.of(),
            bare.networks(),
            new RuntimeFacts(
                facts.pid(),
                null,
                null,
                facts.exitCode(),
                false,
                OptionalInt.of(0),
                facts.cpuLimit(),
                facts.memoryLimit(),
                "lan",
                false,
                List.of(DECLARED)));
    ContainerPorts ports = read(declaring, List.of(network("lan", "macvlan")), HIDDEN);
    assertThat(ports.ports()).containsExactly(new ExposedPort(DECLARED, Exposure.LAN, false));
    assertThat(read(declaring, List.of(network("lan", "bridge")), HIDDEN).ports()).isEmpty();
  }

  @Test
  void onTheLanWithoutAKnownPortIsUnknownWithItsReason() {
    ContainerPorts ports = read(on(List.of(), "lan"), List.of(network("lan", "macvlan")), HIDDEN);
    assertThat(ports.exposure()).isEqualTo(Exposure.UNKNOWN);
    assertThat(ports.reason()).contains("lan").contains("ports");
  }

  @Test
  void aContainerInTheNetworkOfOneOnTheLanIsOnTheLanToo() {
    Container front = on(List.of(), "lan");
    Container behind = container("b", "container:" + front.id().value(), List.of(DECLARED));
    Function<ContainerId, Container> others = Map.of(front.id(), front)::get;
    Function<String, Network> networks = Map.of("lan", network("lan", "macvlan"))::get;
    ContainerPorts ports =
        reader.read(behind, new ExposureReader.Surroundings(others, networks, any -> HIDDEN));
    assertThat(ports.exposure()).isEqualTo(Exposure.LAN);
    assertThat(ports.ports()).containsExactly(new ExposedPort(DECLARED, Exposure.LAN, false));
  }

  @Test
  void aStoppedContainerOnTheLanIsReachedByNobody() {
    Container live = on(List.of(DECLARED), "lan");
    Container stopped =
        new Container(
            live.id(),
            "a",
            "i",
            "",
            ContainerState.EXITED,
            Health.NONE,
            Instant.EPOCH,
            List.of(),
            Map.of(),
            List.of("lan"),
            live.facts());
    assertThat(read(stopped, List.of(network("lan", "macvlan")), HIDDEN).exposure())
        .isEqualTo(Exposure.NONE);
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
    return reader.read(container, around(none, listening));
  }

  private ContainerPorts read(Container container, List<Network> networks, Listening listening) {
    return reader.read(
        container,
        new ExposureReader.Surroundings(
            id -> null, ExposureReader.byName(networks)::get, any -> listening));
  }

  private static ExposureReader.Surroundings around(
      Function<ContainerId, Container> others, Listening listening) {
    return new ExposureReader.Surroundings(
        others, name -> network(name, "bridge"), any -> listening);
  }

  private static Network network(String name, String driver) {
    return new Network(name, name, driver, "", "", false);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  private static Container on(List<PortBinding> ports, String... networks) {
    Container plain = container("a", networks[0], ports);
    return new Container(
        plain.id(),
        "a",
        "i",
        "",
        ContainerState.RUNNING,
        Health.NONE,
        Instant.EPOCH,
        ports,
        Map.of(),
        List.of(networks),
        plain.facts());
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
