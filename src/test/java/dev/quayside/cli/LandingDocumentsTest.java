package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ArchivePlan.Part;
import dev.quayside.backup.ArchivePlan.PartKind;
import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.backup.landing.ServiceAnswer;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a restore over a stack would change, and what it changed, is said in both ways. */
class LandingDocumentsTest {

  private final StringWriter out = new StringWriter();

  @Test
  void aPlanNamesWhatIsExchangedStoppedAndLeftAlone() {
    assertThat(LandingDocuments.reportPlan(terminal(false), new Outcome.Done<>(plan())))
        .isEqualTo(ExitCode.PROVEN);
    assertThat(out.toString())
        .contains("Nothing was changed")
        .contains("the folder /srv/data")
        .contains("the database app of db")
        .contains("what is in shop_stuff")
        .contains("Stopped meanwhile: db\nStopped meanwhile: web\n")
        .contains("files/shop (it says how the stack runs today)")
        .contains("files/more (not chosen)");
  }

  @Test
  void documentsKeepToTheirSchemas() {
    LandingDocuments.reportPlan(terminal(true), new Outcome.Done<>(plan()));
    assertThat(Schemas.faults(out.toString())).isEmpty();
    assertThat(out.toString())
        .contains("\"part\" : \"volumes/shop_stuff\"")
        .contains("\"bytes\" : 30");

    out.getBuffer().setLength(0);
    Problem problem = new Problem("LANDING-SHARED", "a", "b", "c", "d", null, "");
    assertThat(LandingDocuments.reportPlan(terminal(true), new Outcome.Refused<>(problem)))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(Schemas.faults(out.toString())).isEmpty();

    for (LandingReceipt.State state : LandingReceipt.State.values()) {
      out.getBuffer().setLength(0);
      LandingDocuments.report(terminal(true), new Outcome.Done<>(receipt(state)));
      assertThat(Schemas.faults(out.toString())).isEmpty();
      assertThat(out.toString()).contains("\"shop_stuff\"");
    }
  }

  @Test
  void aReceiptSaysUnderWhichNamesTheOldSetIsKept() {
    LandingDocuments.report(
        terminal(false), new Outcome.Done<>(receipt(LandingReceipt.State.RESTORED)));
    assertThat(out.toString())
        .contains("/srv/data, as /srv/data.before-1")
        .contains("db/app, as quayside_before_1")
        .contains("shop_stuff")
        .contains("web: refuses the key")
        .contains("quayside backup undo shop");
  }

  private Terminal terminal(boolean forPrograms) {
    return new Terminal(
        new PrintWriter(out, true), new PrintWriter(new StringWriter()), forPrograms);
  }

  private static LandingReceipt receipt(LandingReceipt.State state) {
    return new LandingReceipt(
        state,
        "shop",
        Path.of("/archive"),
        Instant.EPOCH,
        List.of(new LandingReceipt.Folder(Path.of("/srv/data"), Path.of("/srv/data.before-1"))),
        List.of(new LandingReceipt.Database("db", "app", "quayside_before_1")),
        List.of("shop_stuff"),
        List.of("db", "web"),
        List.of("files/data/torn"),
        List.of(new ServiceAnswer("web", ServiceAnswer.Kind.KEY_REFUSED, "refuses the key")));
  }

  private static LandingPlan plan() {
    return new LandingPlan(
        new ArchivePlan(
            1,
            "00000000-0000-0000-0000-000000000000",
            Instant.EPOCH,
            "test",
            "shop",
            "generic",
            List.of(),
            List.of(
                part("files/data", PartKind.FOLDER, "/srv/data"),
                part("databases/app.dump", PartKind.POSTGRES_DUMP, "db/app"),
                part("volumes/shop_stuff", PartKind.VOLUME, "shop_stuff"),
                part("files/shop", PartKind.FILE, "/srv"),
                part("files/more", PartKind.FOLDER, "/srv/more")),
            List.of(),
            1,
            1,
            ""),
        List.of(new LandingPlan.Folder("files/data", Path.of("/srv/data"))),
        List.of(new LandingPlan.Database("databases/app.dump", "db", "app")),
        List.of(
            new LandingPlan.Mount("volumes/shop_stuff", "shop_stuff", 10, List.of("sha256:web"))),
        List.of("web"),
        List.of("db"),
        List.of("files/shop", "files/more"));
  }

  private static Part part(String path, PartKind kind, String source) {
    return new Part(path, kind, source, 10, 1, "", "", null);
  }
}
