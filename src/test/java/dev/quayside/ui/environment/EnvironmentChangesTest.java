package dev.quayside.ui.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Secret;
import dev.quayside.stack.settings.EnvChange;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.Jobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is saved is what was shown, and what was there before comes back from the history. */
class EnvironmentChangesTest {

  @TempDir Path folder;
  private final Background background = new Background(Runnable::run, Runnable::run);
  private final Jobs jobs = new Jobs(background, Runnable::run, InstantSource.system());
  private final List<String> told = new ArrayList<>();
  private RealEnvironment real;
  private EnvironmentChanges changes;
  private EnvTarget target;

  @BeforeEach
  void aFile() throws Exception {
    real = new RealEnvironment(folder);
    real.write(".env", "A=1 # one\n");
    real.write(".env.backup-20260101-120000", "A=0\n");
    changes = new EnvironmentChanges(real.desk(), background, jobs);
    target = real.desk().list(RealEnvironment.STACK).files().getFirst();
  }

  private EnvWish.Edits put(String value) throws Exception {
    return new EnvWish.Edits(
        target,
        real.desk().view(target).hash(),
        List.of(new EnvChange.Put("A", Secret.owning(value.toCharArray()))));
  }

  private EnvPreview preview(EnvWish wish) {
    List<EnvPreview> ready = new ArrayList<>();
    changes.preview(wish, ready::add, problem -> told.add(problem.code()));
    return ready.isEmpty() ? null : ready.getFirst();
  }

  private void save(EnvWish wish, EnvPreview shown) {
    changes.save(wish, shown, this::ended);
  }

  private void ended(Outcome<EnvReceipt> outcome) {
    told.add(
        switch (outcome) {
          case Outcome.Done<EnvReceipt> done -> "saved";
          case Outcome.Found<EnvReceipt> found -> "found";
          case Outcome.Attention<EnvReceipt> attention -> attention.problem().code();
          case Outcome.Failed<EnvReceipt> failed -> failed.problem().code();
          case Outcome.Refused<EnvReceipt> refused -> refused.problem().code();
        });
  }

  @Test
  void whatWasShownIsSavedByteForByteAndRestoredFromTheHistory() throws Exception {
    save(put("2"), preview(put("2")));
    assertThat(told).containsExactly("saved");
    assertThat(Files.readString(real.file(".env"))).isEqualTo("A=2 # one\n");
    assertThat(changes.busy().get()).isFalse();
    List<EnvVersion> versions = real.desk().history(target).versions();
    assertThat(versions)
        .extracting(EnvVersion::reason)
        .containsExactlyInAnyOrder("edit", "foreign");
    EnvVersion own =
        versions.stream().filter(one -> one.foreign() == null).findFirst().orElseThrow();
    assertThat(real.desk().diff(target, own))
        .extracting(EnvDifference::kind)
        .containsExactly(EnvDifference.Kind.CHANGED);
    save(new EnvWish.Restore(target, own), preview(new EnvWish.Restore(target, own)));
    assertThat(Files.readString(real.file(".env"))).isEqualTo("A=1 # one\n");
  }

  @Test
  void aCopyThatOthersMadeIsRestoredToo() throws Exception {
    EnvVersion copy =
        real.desk().history(target).versions().stream()
            .filter(one -> one.foreign() != null)
            .findFirst()
            .orElseThrow();
    save(new EnvWish.Restore(target, copy), preview(new EnvWish.Restore(target, copy)));
    assertThat(Files.readString(real.file(".env"))).isEqualTo("A=0\n");
  }

  @Test
  void whatChangedSinceItWasShownIsRefused() throws Exception {
    EnvVersion copy = real.desk().history(target).versions().getFirst();
    EnvWish wish = new EnvWish.Restore(target, copy);
    EnvPreview shown = preview(wish);
    real.write(".env", "A=5\n");
    save(wish, shown);
    assertThat(told).containsExactly("ENV-CHANGED-SINCE");
    assertThat(Files.readString(real.file(".env"))).isEqualTo("A=5\n");
  }

  @Test
  void aChangeThatChangesNothingIsSaidBeforeAnySheet() throws Exception {
    assertThat(preview(put("1"))).isNull();
    assertThat(told).containsExactly("ENV-NOTHING");
    assertThat(changes.asking().get()).isEmpty();
  }

  @Test
  void aWishIsWipedWhetherItIsShownOrSaved() throws Exception {
    EnvWish.Edits shown = put("2");
    EnvPreview preview = preview(shown);
    EnvWish.Edits saved = put("2");
    save(saved, preview);
    for (EnvWish.Edits wish : List.of(shown, saved)) {
      assertThat(((EnvChange.Put) wish.changes().getFirst()).value()).hasToString("Secret(wiped)");
    }
  }

  @Test
  void whereComposeCannotReadTheProjectItIsUnknownWhatWouldFollow() throws Exception {
    changes.impact(
        put("2"),
        impact -> told.add(impact.unknown() == null ? "known" : "unknown"),
        problem -> told.add("unknown"));
    assertThat(told).containsExactly("unknown");
  }

  @Test
  void aCopyOfAWishOutlivesTheOneThatWasShown() throws Exception {
    Asked asked = new Asked(put("2"), List.of());
    EnvPreview preview = preview(asked.copy());
    save(asked.copy(), preview);
    assertThat(told).containsExactly("saved");
    assertThat(((EnvChange.Put) ((EnvWish.Edits) asked.wish()).changes().getFirst()).value())
        .hasToString("Secret(masked)");
    asked.close();
    assertThat(((EnvChange.Put) ((EnvWish.Edits) asked.wish()).changes().getFirst()).value())
        .hasToString("Secret(wiped)");
  }

  @Test
  void oneListAsksComposeOnce() throws Exception {
    int before = real.asked();
    real.desk().list(RealEnvironment.STACK);
    assertThat(real.asked() - before).isEqualTo(1);
  }
}
