package dev.quayside.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.secrets.RotationRecord.Phase;
import dev.quayside.stack.env.EnvFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a cut-off write or an operator left in the file, the old value comes back into it. */
class EnvFileBackTest {

  private static final String OLD = "A=1\nKEY=short\nB=2\n";
  private static final String NEW = "A=1\nKEY=sk-new-and-much-longer\nB=2\n";

  @TempDir private Path folder;
  private Path file;
  private Object inode;
  private RotationStore store;

  @BeforeEach
  void setUp() throws Exception {
    file = Files.createFile(folder.resolve(".env"));
    inode = Files.getAttribute(file, "unix:ino");
    store =
        new RotationStore(
            new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache")));
  }

  private RotationRecord begin(String old, String fresh, boolean inPlace) throws Exception {
    RotationRecord record =
        new RotationRecord(
            "0123456789abcdef0123456789abcdef",
            "demo",
            "kind",
            "era",
            new ComposeInvocation("demo", folder, List.of(), List.of(), List.of()),
            file,
            List.of("KEY"),
            List.of("web"),
            EnvFile.hash(bytes(old)),
            EnvFile.hash(bytes(fresh)),
            List.of(),
            inPlace,
            Phase.WRITING,
            Instant.EPOCH);
    store.create(record, bytes(old), bytes(fresh));
    return record;
  }

  private void restore(RotationRecord record, StepBoundary boundary) throws Exception {
    byte[] old = store.oldContent(record.id());
    try (EnvFile oldFile = EnvFile.parse(file, old)) {
      new EnvFileBack(store, boundary).restore(record, old, oldFile);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"WRITING", "RECREATING", "PUTTING_BACK"})
  void aWriteInPlaceThatWasCutOffAnywhereIsUndone(Phase phase) throws Exception {
    for (List<String> pair : List.of(List.of(OLD, NEW), List.of(NEW, OLD))) {
      byte[] from = bytes(pair.get(0));
      byte[] to = bytes(pair.get(1));
      RotationRecord record = begin(pair.get(0), pair.get(1), true).at(phase);
      for (int cut = 0; cut <= to.length; cut++) {
        byte[] torn = Arrays.copyOf(from, Math.max(cut, from.length));
        System.arraycopy(to, 0, torn, 0, cut);
        Files.write(file, torn);

        restore(record, StepBoundary.none());

        assertThat(file).as("cut after %d bytes", cut).hasContent(pair.get(0));
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
      }
      store.remove(record.id());
    }
  }

  @Test
  void aPutBackThatWasCutOffBeforeTheEndWasCutIsNotTakenForAnEdit() throws Exception {
    RotationRecord record = begin(OLD, NEW, true).at(Phase.PUTTING_BACK);
    Files.writeString(file, OLD + NEW.substring(OLD.length()));

    restore(record, StepBoundary.none());

    assertThat(file).hasContent(OLD);
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"WRITING", "RECREATING", "PUTTING_BACK"})
  void whatAnOperatorAddedSinceStays(Phase phase) throws Exception {
    for (boolean inPlace : new boolean[] {true, false}) {
      for (String present : List.of(OLD, NEW)) {
        RotationRecord record = begin(OLD, NEW, inPlace).at(phase);
        Files.writeString(file, present + "ADDED=by hand\n");

        restore(record, StepBoundary.none());

        assertThat(file).hasContent(OLD + "ADDED=by hand\n");
        store.remove(record.id());
      }
    }
  }

  @Test
  void aCutOffWriteOfAnOperatorsFileIsTakenUpAgain() throws Exception {
    RotationRecord record = begin(OLD, NEW, true).at(Phase.PUTTING_BACK);
    String edited = "# first\n" + NEW + "ADDED=by hand\n";
    String merged = "# first\n" + OLD + "ADDED=by hand\n";
    Files.writeString(file, edited);
    assertThatThrownBy(() ->
            restore(
                record,
                step -> {
                  throw new IllegalStateException(step);
                }))
        .hasMessage(RotationSteps.BACK_MERGED);
    for (int cut = 1; cut <= merged.length(); cut++) {
      Files.writeString(file, merged.substring(0, cut) + edited.substring(cut));

      restore(record, StepBoundary.none());

      assertThat(file).as("cut after %d bytes", cut).hasContent(merged);
    }
  }

  @Test
  void noCopyOutlivesTheRun() throws Exception {
    RotationRecord record = begin(OLD, NEW, true).at(Phase.PUTTING_BACK);
    Files.writeString(file, NEW + "ADDED=by hand\n");
    restore(record, StepBoundary.none());

    store.destroyCopies(record.id());

    try (var left = Files.list(folder.resolve("state/rotations").resolve(record.id()))) {
      assertThat(left)
          .extracting(Path::getFileName)
          .map(Path::toString)
          .containsExactly("record.json");
    }
  }

  @Test
  void aRunThatIsForgottenHalfwayLeavesNoRecordWithoutItsCopy() throws Exception {
    RotationRecord record = begin(OLD, NEW, true);
    Path own = folder.resolve("state/rotations").resolve(record.id());
    // A folder in the place of a copy lets the removal stop there.
    Files.delete(own.resolve("old"));
    Files.createDirectories(own.resolve("old/stop"));

    assertThatThrownBy(() -> store.remove(record.id())).isInstanceOf(java.io.IOException.class);

    assertThat(store.hasRecord(record.id())).isFalse();
    assertThat(store.unfinished()).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
