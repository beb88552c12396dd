package dev.quayside.cli;

import dev.quayside.catalogue.KnownService.Authentication;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.exposure.Exposure;
import dev.quayside.exposure.StackExposure;
import dev.quayside.exposure.probe.ProbeFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges what was seen of a stack's ports. It is proven only where everything was looked at and
 * every answer was the right one; all else has its reason.
 *
 * @param code what the verb ends with
 * @param reasons for people: what was not seen, or not proven
 */
record ExposureVerdict(ExitCode code, List<String> reasons) {

  private static final Messages MESSAGES = Messages.of("cli");
  private static final Messages PROBES = Messages.of("probes");
  private static final int NAME = 40;

  /** Makes the list immutable. */
  ExposureVerdict {
    reasons = List.copyOf(reasons);
  }

  /**
   * Judges.
   *
   * @param complete whether every container was looked at
   * @param findings what the services answered; null where none was asked
   */
  static ExposureVerdict of(
      StackExposure.Table table, boolean complete, @Nullable List<ProbeFinding> findings) {
    List<String> reasons = new ArrayList<>();
    if (!complete) {
      reasons.add(MESSAGES.get("exposure.incomplete"));
    }
    if (table.undeclared() != null) {
      reasons.add(MESSAGES.get("exposure.undeclared", table.undeclared().title()));
    }
    table.rows().stream()
        .filter(row -> row.exposure() == Exposure.UNKNOWN)
        .map(row -> MESSAGES.get("exposure.untold", line(row.service()), port(row.port())))
        .distinct()
        .forEach(reasons::add);
    // Of what does not run, what is wrong shows in the definition alone. What has no container is
    // meant only where nothing has one: it may belong to a profile that nobody wants.
    boolean made = table.rows().stream().anyMatch(row -> !row.container().isEmpty());
    table.rows().stream()
        .filter(row -> !made || !row.container().isEmpty())
        .filter(row -> row.widerWhenStarted())
        .map(row ->
            MESSAGES.get(
                "exposure.would-open",
                line(row.service()),
                port(row.port()),
                String.join(" ", Objects.requireNonNull(row.declared()))))
        .distinct()
        .forEach(reasons::add);
    boolean found = table.found();
    if (findings != null) {
      if (findings.isEmpty()) {
        reasons.add(MESSAGES.get("exposure.no-probe"));
      }
      for (ProbeFinding finding : findings) {
        ExitCode code = code(finding, reach(table, finding));
        found |= code == ExitCode.FINDINGS;
        if (code == ExitCode.ATTENTION) {
          reasons.add(
              MESSAGES.get(
                  "exposure.unproven",
                  line(finding.service()),
                  Integer.toString(finding.port()),
                  PROBES.get("guard." + Json.word(finding.guard()))));
        }
      }
    }
    ExitCode unfound = reasons.isEmpty() ? ExitCode.PROVEN : ExitCode.ATTENTION;
    return new ExposureVerdict(found ? ExitCode.FINDINGS : unfound, reasons);
  }

  private static ExitCode code(ProbeFinding finding, Exposure reach) {
    // What asks nobody for anything is safe as long as nobody else reaches it.
    boolean keyless = finding.expects() == Authentication.NONE;
    return switch (finding.guard()) {
      case GUARDED -> ExitCode.PROVEN;
      case OPEN, KEY_IGNORED ->
          !keyless || reach == Exposure.LAN ? ExitCode.FINDINGS : within(reach);
      case KEY_REFUSED -> ExitCode.FINDINGS;
      case HARMLESS, NOT_ASKED -> keyless ? within(reach) : ExitCode.ATTENTION;
      case GUARDED_UNCONFIRMED, SILENT, UNKNOWN -> ExitCode.ATTENTION;
    };
  }

  private static ExitCode within(Exposure reach) {
    return reach == Exposure.LAN || reach == Exposure.UNKNOWN
        ? ExitCode.ATTENTION
        : ExitCode.PROVEN;
  }

  /** Returns who reaches the port that was asked; one that is not in the table is not published. */
  private static Exposure reach(StackExposure.Table table, ProbeFinding finding) {
    return table.rows().stream()
        .filter(row -> row.service().equals(finding.service()))
        .filter(row ->
            finding.container().isEmpty()
                || row.container().isEmpty()
                || row.container().equals(finding.container()))
        .filter(row -> row.port() == finding.port() || row.port() == 0)
        .map(row -> row.exposure())
        .reduce(Exposure.INTERNAL, Exposure::widest);
  }

  private static String port(int port) {
    return port == 0 ? "" : ":" + port;
  }

  private static String line(String foreign) {
    return ForeignText.line(foreign, NAME);
  }
}
