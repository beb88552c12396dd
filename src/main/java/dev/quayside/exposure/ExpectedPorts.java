package dev.quayside.exposure;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.KnownService;
import dev.quayside.stack.Stack;
import java.util.ArrayList;
import java.util.List;

/** Tells from the catalogue how widely the ports of a stack may be reachable. */
public final class ExpectedPorts {

  private final Catalogue catalogue;

  /** Creates a teller over {@code catalogue}. */
  public ExpectedPorts(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Returns what is expected of {@code stack}; of ports it does not know, nothing. */
  public ExposureTable.Expected of(Stack stack) {
    var services = catalogue.kind(stack.kind(), stack.era()).services();
    return (service, port, protocol) -> {
      KnownService known = services.get(service);
      if (known == null) {
        return null;
      }
      return known.ports().stream()
          .filter(one -> one.container() == port && one.protocol().equals(protocol))
          .map(ExpectedPorts::widest)
          .findFirst()
          .orElse(null);
    };
  }

  /** Returns the programs of {@code stack} that run on the host beside Docker. */
  List<ExposureTable.HostListener> agents(Stack stack) {
    List<ExposureTable.HostListener> agents = new ArrayList<>();
    catalogue
        .kind(stack.kind(), stack.era())
        .hostProcesses()
        .forEach((name, process) ->
            process
                .ports()
                .forEach(port ->
                    agents.add(
                        new ExposureTable.HostListener(name, port.container(), widest(port)))));
    return agents;
  }

  private static Exposure widest(KnownService.KnownPort port) {
    return switch (port.exposure()) {
      case NONE -> Exposure.INTERNAL;
      case LOOPBACK -> Exposure.LOOPBACK;
      case LAN -> Exposure.LAN;
    };
  }
}
