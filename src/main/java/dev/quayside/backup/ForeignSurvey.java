package dev.quayside.backup;

import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.backup.foreign.SqlGate;
import dev.quayside.backup.foreign.SqlRefusal;
import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.backup.tar.TarException;
import dev.quayside.backup.tar.TarTime;
import dev.quayside.common.Home;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a file of other origin to its end, which is where it shows whether it was altered. */
final class ForeignSurvey {

  private static final int BUFFER = 64 * 1024;

  private final Home home;
  private final InstantSource time;

  ForeignSurvey(Home home, InstantSource time) {
    this.home = home;
    this.time = time;
  }

  /**
   * Pairs a report with what recognises the same file again.
   *
   * @param report what was found
   * @param sha256 of the file as it was read
   */
  record Surveyed(ForeignReport report, String sha256) {}

  /** Tells by its head what {@code file} holds; nothing of it is verified. */
  ContentKind recognise(Path file, Unlocking unlocking) throws IOException, ProblemException {
    try (ForeignInput input =
            ForeignInput.open(
                file, unlocking, KnownSigners.of(home), Progress.none(), new Sha256());
        Unwrapped unwrapped =
            Unwrapped.of(input.content(), input.size(), new Meter(Progress.none(), 0))) {
      return unwrapped.kind();
    }
  }

  /**
   * Reads everything.
   *
   * @param room refuses more than there is room for
   * @return also of a file with a fault, which the report then names
   * @throws IOException if it could not be read or opened, which is no fault of what it holds
   */
  Surveyed read(Path file, Unlocking unlocking, Progress progress, ForeignTally.Room room)
      throws IOException, ProblemException {
    Instant begun = time.instant();
    Sha256 hash = new Sha256();
    try (ForeignInput input =
        ForeignInput.open(file, unlocking, KnownSigners.of(home), progress, hash)) {
      Meter meter = new Meter(progress, input.size());
      ForeignReport report;
      try (Unwrapped unwrapped = Unwrapped.of(input.content(), input.size(), meter)) {
        report = read(file, input, unwrapped, begun, room);
      } catch (TarException | ArchiveException e) {
        // Not understood even at its head.
        input.content().transferTo(OutputStream.nullOutputStream());
        Problem fault = ForeignProblems.of(e, file, input.encrypted());
        report =
            report(file, input, ContentKind.UNKNOWN, List.of(), nothing(), none(0), fault, begun);
      }
      return new Surveyed(report, HexFormat.of().formatHex(hash.take()));
    }
  }

  private ForeignReport read(
      Path file, ForeignInput input, Unwrapped unwrapped, Instant begun, ForeignTally.Room room)
      throws IOException {
    ContentKind kind = unwrapped.kind();
    try {
      if (kind == ContentKind.TAR || kind == ContentKind.OURS) {
        ForeignTally tally = new ForeignTally(room);
        ForeignTar.Totals totals =
            new ForeignTar(unwrapped.stream(), tally, 0, 0, new TarTime(0, 0)).read();
        unwrapped.requireEnd();
        return report(file, input, kind, unwrapped.layers(), tally, totals, null, begun);
      }
      SqlReading sql = kind == ContentKind.SQL ? new SqlReading(file) : null;
      long bytes = sql == null ? unwrapped.rest() : sql.read(unwrapped.stream());
      unwrapped.requireEnd();
      Problem fault = kind.usable() ? null : ForeignProblems.of(kind, file, input.encrypted());
      ForeignReport report =
          report(file, input, kind, unwrapped.layers(), nothing(), none(bytes), fault, begun);
      return sql == null ? report : report.with(sql.found());
    } catch (TarException | ArchiveException e) {
      // Not understood: read on to learn whether it was altered, which is the better answer.
      unwrapped.drain();
      Problem fault = ForeignProblems.of(e, file, input.encrypted());
      return report(file, input, kind, unwrapped.layers(), nothing(), none(0), fault, begun);
    }
  }

  /** Reads SQL to its end, also where it is refused in its middle. */
  private static final class SqlReading {

    private final Path file;
    private final SqlGate gate = new SqlGate(OutputStream.nullOutputStream());
    private @Nullable Problem refusal;

    SqlReading(Path file) {
      this.file = file;
    }

    long read(InputStream text) throws IOException {
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      for (int got = text.read(buffer); got >= 0; got = text.read(buffer)) {
        bytes += got;
        if (refusal == null) {
          judged(buffer, got);
        }
      }
      if (refusal == null) {
        judged(buffer, -1);
      }
      return bytes;
    }

    private void judged(byte[] buffer, int length) throws IOException {
      try {
        if (length < 0) {
          gate.end();
        } else {
          gate.write(buffer, 0, length);
        }
      } catch (SqlRefusal e) {
        refusal = ForeignProblems.of(e, file);
      }
    }

    ForeignReport.Sql found() {
      return new ForeignReport.Sql(gate.statements(), gate.tables(), gate.leftOut(), refusal);
    }
  }

  private static ForeignTally nothing() {
    return new ForeignTally((bytes, nodes) -> {});
  }

  private static ForeignTar.Totals none(long bytes) {
    return new ForeignTar.Totals(0, bytes, 0, List.of(), 0);
  }

  private ForeignReport report(
      Path file,
      ForeignInput input,
      ContentKind kind,
      List<ContentKind> layers,
      ForeignTally tally,
      ForeignTar.Totals totals,
      @Nullable Problem fault,
      Instant begun) {
    return new ForeignReport(
        file,
        input.size(),
        input.encrypted(),
        input.origin(),
        kind,
        layers,
        totals.entries(),
        totals.bytes(),
        tally.tops(),
        totals.passed(),
        totals.passedOver(),
        totals.extended(),
        tally.outside(),
        tally.outsideLinks(),
        tally.special(),
        null,
        fault,
        Duration.between(begun, time.instant()));
  }
}
