package dev.quayside.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.PortBinding;
import dev.quayside.exposure.ExposureTable.HostListener;
import dev.quayside.exposure.ExposureTable.Judged;
import dev.quayside.exposure.PortTruth.Listens;
import dev.quayside.exposure.PortTruth.Mark;
import dev.quayside.stack.DeclaredPorts;
import dev.quayside.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a row, and what is called wrong. */
class ExposureTableTest {

  @TempDir private Path root;

  private static PortBinding at(@Nullable String address, int published) {
    return new PortBinding(80, "tcp", address, published);
  }

  private static Judged web(ContainerState state, boolean host, PortBinding... bound) {
    Container container =
        new Container(
            new ContainerId("a".repeat(64)),
            "shop-web-1",
            "image",
            "",
            state,
            Health.NONE,
            Instant.EPOCH,
            List.of(bound),
            Map.of(Container.PROJECT, "shop", Container.SERVICE, "web"),
            List.of("net"),
            null);
    List<ExposedPort> ports =
        List.of(bound).stream()
            .map(each ->
                new ExposedPort(
                    each, state.live() ? Exposure.of(each.hostAddress()) : Exposure.NONE, host))
            .toList();
    return new Judged(container, new ContainerPorts(ports, Exposure.NONE, ""));
  }

  private PortTruth row(
      @Nullable List<PortBinding> declared, Listening listening, Exposure expected, Judged web) {
    ExposureTable table =
        new ExposureTable(
            declared == null ? null : new DeclaredPorts(Map.of("web", declared)),
            container -> listening,
            new HostSockets(root),
            (service, port, protocol) -> expected);
    return table.rows(List.of(web), List.of()).getFirst();
  }

  private static Listening on(int port) {
    return new Listening.Sockets(List.of(new PortBinding(port, "tcp", "0.0.0.0", port)));
  }

  @Test
  void whatIsBoundAsDeclaredToLoopbackHasNoMark() {
    PortBinding home = at("127.0.0.1", 8000);
    PortTruth row = row(List.of(home), on(80), null, web(ContainerState.RUNNING, false, home));
    assertThat(row.marks()).isEmpty();
    assertThat(row.declared()).containsExactly("127.0.0.1:8000");
    assertThat(row.ipv4()).containsExactly("127.0.0.1:8000");
    assertThat(row.ipv6()).isEmpty();
    assertThat(row.listens()).isEqualTo(Listens.YES);
    assertThat(row.exposure()).isEqualTo(Exposure.LOOPBACK);
  }

  @Test
  void aBindOfIpv6AloneIsFlagged() {
    PortBinding six = at("::", 1234);
    PortTruth row = row(List.of(six), on(80), null, web(ContainerState.RUNNING, false, six));
    assertThat(row.ipv4()).isEmpty();
    assertThat(row.ipv6()).containsExactly("[::]:1234");
    assertThat(row.exposure()).isEqualTo(Exposure.LAN);
    assertThat(row.marks()).containsExactly(Mark.BEYOND_LOOPBACK);
    assertThat(row.finding()).isTrue();
  }

  @Test
  void whatIsExpectedOnTheLanIsNoFinding() {
    PortBinding wide = at("0.0.0.0", 80);
    assertThat(
            row(List.of(wide), on(80), Exposure.LAN, web(ContainerState.RUNNING, false, wide))
                .finding())
        .isFalse();
  }

  @Test
  void everyAddressIsDeclaredByNoneAndBoundTwice() {
    PortTruth row =
        row(
            List.of(at("", 8000)),
            on(80),
            Exposure.LAN,
            web(ContainerState.RUNNING, false, at("0.0.0.0", 8000), at("::", 8000)));
    assertThat(row.marks()).isEmpty();
    assertThat(row.declared()).containsExactly("*:8000");
  }

  @Test
  void aDefinitionThatWasNarrowedAfterwardsIsNotWhatIsBound() {
    PortTruth row =
        row(
            List.of(at("127.0.0.1", 8000)),
            on(80),
            null,
            web(ContainerState.RUNNING, false, at("0.0.0.0", 8000)));
    assertThat(row.marks()).containsExactlyInAnyOrder(Mark.NOT_AS_DECLARED, Mark.BEYOND_LOOPBACK);
  }

  @Test
  void aDeclaredPortThatIsNotBoundIsARow() {
    PortTruth row =
        row(List.of(at("127.0.0.1", 8000)), on(80), null, web(ContainerState.RUNNING, false));
    assertThat(row.marks()).containsExactly(Mark.NOT_AS_DECLARED);
  }

  @Test
  void aBindWithNobodyBehindItIsMarked() {
    PortBinding home = at("127.0.0.1", 8000);
    PortTruth row = row(List.of(home), on(81), null, web(ContainerState.RUNNING, false, home));
    assertThat(row.listens()).isEqualTo(Listens.NO);
    assertThat(row.marks()).containsExactly(Mark.NOBODY_LISTENS);
  }

  @Test
  void socketsThatMayNotBeSeenAreUnknownAndNotNobody() {
    PortBinding home = at("127.0.0.1", 8000);
    PortTruth row =
        row(
            List.of(home),
            new Listening.Hidden("closed"),
            null,
            web(ContainerState.RUNNING, false, home));
    assertThat(row.listens()).isEqualTo(Listens.UNKNOWN);
    assertThat(row.marks()).isEmpty();
  }

  @Test
  void aSocketOnTheHostsNetworkIsFlagged() {
    PortTruth row =
        row(List.of(), on(80), null, web(ContainerState.RUNNING, true, at("0.0.0.0", 80)));
    assertThat(row.hostNetwork()).isTrue();
    assertThat(row.marks()).containsExactly(Mark.BEYOND_LOOPBACK);
  }

  @Test
  void withoutADefinitionNothingIsSaidOfIt() {
    PortBinding home = at("127.0.0.1", 8000);
    PortTruth row = row(null, on(80), null, web(ContainerState.RUNNING, false, home));
    assertThat(row.declared()).isNull();
    assertThat(row.marks()).isEmpty();
  }

  @Test
  void somebodyElseOnADeclaredPortIsFound() throws Exception {
    sockets("   0: 00000000:1F40 00000000:0000 0A 0:0 00:0 0 0 0 4711 1");
    PortTruth row =
        row(
            List.of(at("127.0.0.1", 8000)),
            new Listening.Sockets(List.of()),
            null,
            web(ContainerState.EXITED, false, at("127.0.0.1", 8000)));
    assertThat(row.marks()).containsExactlyInAnyOrder(Mark.SOMEBODY_ELSE, Mark.BEYOND_LOOPBACK);
    assertThat(row.ipv4()).containsExactly("0.0.0.0:8000");
  }

  @Test
  void aServiceWithoutAContainerIsLookedForToo() throws Exception {
    sockets("   0: 00000000:1F40 00000000:0000 0A 0:0 00:0 0 0 0 4711 1");
    Files.writeString(
        root.resolve("proc/self/net/udp"),
        "sl\n   0: 00000000:1F41 00000000:0000 07 0:0 00:0 0 0 0 4711 1\n");
    ExposureTable table =
        new ExposureTable(
            new DeclaredPorts(
                Map.of(
                    "gone", List.of(at("127.0.0.1", 8000)),
                    "talk", List.of(new PortBinding(53, "udp", "127.0.0.1", 8001)))),
            container -> on(80),
            new HostSockets(root),
            (service, port, protocol) -> Exposure.LOOPBACK);
    assertThat(table.rows(List.of(), List.of()))
        .hasSize(2)
        .allSatisfy(row -> {
          assertThat(row.container()).isEmpty();
          assertThat(row.exposure()).isEqualTo(Exposure.LAN);
          assertThat(row.marks())
              .containsExactlyInAnyOrder(Mark.SOMEBODY_ELSE, Mark.BEYOND_LOOPBACK);
        });
    // One that another container of the stack holds is nobody else's.
    assertThat(
            table.rows(
                List.of(web(ContainerState.RUNNING, false, at("127.0.0.1", 8000))), List.of()))
        .filteredOn(row -> row.service().equals("gone"))
        .singleElement()
        .satisfies(row -> assertThat(row.marks()).isEmpty());
  }

  @Test
  void whereTheKernelTellsNothingNobodyIsNotSaid() {
    PortTruth row =
        row(
            List.of(at("127.0.0.1", 8000)),
            on(80),
            null,
            web(ContainerState.EXITED, false, at("127.0.0.1", 8000)));
    assertThat(row.exposure()).isEqualTo(Exposure.UNKNOWN);
    assertThat(row.reason()).isNotEmpty();
  }

  @Test
  void onlyTheEnginesOwnBridgesAreInternal() {
    assertThat(HostSockets.ofEngine("docker0")).isTrue();
    assertThat(HostSockets.ofEngine("br-0123456789ab")).isTrue();
    assertThat(HostSockets.ofEngine("br-lan")).isFalse();
    assertThat(HostSockets.ofEngine("eth0")).isFalse();
  }

  @Test
  void theAgentsOfAKindAreThoseOfTheCatalogue() {
    ExpectedPorts expected = new ExpectedPorts(Catalogue.load());
    for (String era : List.of("v2", "ods")) {
      assertThat(expected.agents(new Stack("s", "dream-server", era, null, List.of())))
          .singleElement()
          .satisfies(agent -> {
            assertThat(agent.port()).isEqualTo(7710);
            assertThat(agent.expected()).isEqualTo(Exposure.LOOPBACK);
          });
    }
    assertThat(expected.agents(new Stack("s", "dream-server", "v1", null, List.of()))).isEmpty();
  }

  @Test
  void anAgentOfTheHostIsARowOfItsOwn() throws Exception {
    // 7710 is 1E1E.
    sockets("   0: 00000000:1E1E 00000000:0000 0A 0:0 00:0 0 0 0 4711 1");
    ExposureTable table =
        new ExposureTable(
            null, container -> on(1), new HostSockets(root), (service, port, protocol) -> null);
    List<PortTruth> rows =
        table.rows(List.of(), List.of(new HostListener("agent", 7710, Exposure.LOOPBACK)));
    assertThat(rows)
        .singleElement()
        .satisfies(row -> {
          assertThat(row.container()).isEmpty();
          assertThat(row.exposure()).isEqualTo(Exposure.LAN);
          assertThat(row.marks()).containsExactly(Mark.BEYOND_LOOPBACK);
        });
    assertThat(table.rows(List.of(), List.of(new HostListener("agent", 7711, Exposure.LOOPBACK))))
        .isEmpty();
  }

  private void sockets(String line) throws Exception {
    Path net = Files.createDirectories(root.resolve("proc/self/net"));
    Files.writeString(net.resolve("tcp"), "  sl  local_address rem_address   st\n" + line + "\n");
  }
}
