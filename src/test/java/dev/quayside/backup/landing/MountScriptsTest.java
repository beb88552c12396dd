package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that are cut off before any command leave a place that is put back to the old set. */
class MountScriptsTest {

  private static final MountScripts SCRIPTS = new MountScripts(".kept", ".fresh");
  private static final int CUT = 137;
  private static final int BUSY = 9;
  private static final int IN_THE_WAY = 8;
  private static final int NEVER = 1000;

  /** Counts what changes something, and ends before the given one. */
  private static final String COUNTING =
      "n=0; cut() { n=$((n+1)); [ $n -le %d ] || kill -KILL $$; }; "
          + "mv() { cut; command mv \"$@\"; }; mkdir() { cut; command mkdir \"$@\"; }; "
          + "rmdir() { cut; command rmdir \"$@\"; }; rm() { cut; command rm \"$@\"; }; "
          + "chown() { cut; command chown \"$@\"; }; chmod() { cut; command chmod \"$@\"; }; "
          + "sync() { cut; }; set -e; ";

  @TempDir private Path folder;
  private Path place;
  private TreeMap<String, String> old;
  private TreeMap<String, String> fresh;

  @BeforeEach
  void makeBothSets() throws Exception {
    place = folder.resolve("place");
    old = made();
  }

  @Test
  void newAndOldChangePlacesAndBack() throws Exception {
    assertThat(run(forward(), NEVER)).isZero();
    assertThat(visible()).isEqualTo(fresh);
    assertThat(look()).isEqualTo(MountScripts.Found.KEPT);
    assertThat(run(back(), NEVER)).isZero();
    assertThat(look()).isEqualTo(MountScripts.Found.BACK);
    assertThat(visible()).isEqualTo(old);
    assertThat(run(SCRIPTS.clear(), NEVER)).isZero();
    assertThat(place.resolve(".fresh")).doesNotExist();
    assertThat(place.resolve(".kept")).doesNotExist();
  }

  @Test
  void aRestoreThatIsCutAnywhereIsPutBack() throws Exception {
    int cut = 0;
    for (int exit = CUT; exit != 0; cut++) {
      old = made();
      exit = run(forward(), cut);
      assertThat(look().whole(false)).as("cut before command %d", cut + 1).isTrue();
      assertThat(run(back(), NEVER)).as("cut before command %d", cut + 1).isZero();
      assertOld(cut);
    }
    assertThat(cut).as("commands").isGreaterThan(15);
  }

  @Test
  void anUndoThatIsCutAnywhereIsCarriedOn() throws Exception {
    int cut = 0;
    for (int exit = CUT; exit != 0; cut++) {
      old = made();
      assertThat(run(forward(), NEVER)).isZero();
      exit = run(back(), cut);
      assertThat(look().whole(true)).as("cut before command %d", cut + 1).isTrue();
      assertThat(run(back(), NEVER)).as("cut before command %d", cut + 1).isZero();
      assertOld(cut);
    }
    assertThat(cut).as("commands").isGreaterThan(15);
  }

  @Test
  void puttingBackIsCutAnywhereToo() throws Exception {
    // Before and after the old set is wholly aside, the second with half of the new one in place.
    for (int half : List.of(21, 26)) {
      int cut = 0;
      for (int exit = CUT; exit != 0; cut++) {
        old = made();
        assertThat(run(forward(), half)).isNotZero();
        exit = run(back(), cut);
        assertThat(look().whole(false)).as("cut before command %d", cut + 1).isTrue();
        assertThat(run(back(), NEVER)).isZero();
        assertOld(cut);
      }
    }
  }

  @Test
  void whatMakesItselfAtHomeInAnEmptyPlaceKeepsNobodyFromPuttingBack() throws Exception {
    int cut = 0;
    for (int exit = CUT; exit != 0; cut++) {
      old = made();
      exit = run(forward(), cut);
      atHome();
      assertThat(run(back(), NEVER)).as("cut before command %d", cut + 1).isZero();
      assertOld(cut);
    }
    cut = 0;
    for (int exit = CUT; exit != 0; cut++) {
      old = made();
      assertThat(run(forward(), NEVER)).isZero();
      exit = run(back(), cut);
      atHome();
      assertThat(run(back(), NEVER)).as("undo, cut before command %d", cut + 1).isZero();
      assertOld(cut);
    }
  }

  /** A service starts: what it does not find it makes, and something new besides. */
  private void atHome() throws Exception {
    assertThat(
            sh(
                place,
                "[ -e .hidden ] || { echo stray > .hidden; echo stray > .hidden-wal; };"
                    + " [ -d sub ] || { mkdir sub; echo stray > sub/file; }"))
        .isZero();
  }

  @Test
  void aCopyThatWasCutIsNotTakenForTheOldEntry() throws Exception {
    // Where mv has to copy, as on some layered file systems.
    assertThat(run(forward(), 16)).isNotZero();
    Path kept = place.resolve(".kept/data/.hidden");
    assertThat(run("[ -e .hidden ] || mv .kept/data/.hidden .hidden", NEVER)).isZero();
    Files.writeString(kept, "half");
    assertThat(run(back(), NEVER)).as("nothing is guessed").isEqualTo(IN_THE_WAY);
    assertThat(place.resolve(".hidden")).hasContent("old");
    assertThat(kept).hasContent("half");
  }

  @Test
  void whatIsMountedAnywhereInsideIsNamed() throws Exception {
    Path table = folder.resolve("mountinfo");
    Path deep = place.toRealPath().resolve("sub/.deep");
    Files.writeString(
        table,
        "22 1 8:1 / / rw - ext4 /dev/a rw\n23 22 8:2 / %s rw - ext4 /dev/b rw\n"
                .formatted(place.toRealPath())
            + "24 23 8:3 / %s\\040disk rw - nfs host:/x rw\n".formatted(deep)
            + "25 22 8:4 / %s-other rw - ext4 /dev/c rw\n".formatted(place.toRealPath()));
    assertThat(run(SCRIPTS.mountsInside(table.toString()) + " > ../said", NEVER)).isZero();
    assertThat(Files.readString(folder.resolve("said"))).isEqualTo("sub/.deep\\040disk\n");
    assertThat(run(SCRIPTS.mountsInside(MountScripts.MOUNTS) + " > ../said", NEVER)).isZero();
    assertThat(Files.readString(folder.resolve("said"))).isEmpty();
  }

  @Test
  void aMissingOldSetIsNotTakenForOneThatIsBack() throws Exception {
    assertThat(run(forward(), NEVER)).isZero();
    assertThat(run("rm -rf .kept", NEVER)).isZero();
    assertThat(look().whole(true)).isFalse();
    assertThat(look().whole(false)).isFalse();

    old = made();
    assertThat(run(forward(), NEVER)).isZero();
    assertThat(run(SCRIPTS.withdraw(), NEVER)).isZero();
    assertThat(look()).isEqualTo(MountScripts.Found.WITHDRAWN);
    assertThat(run("rm -rf .kept", NEVER)).isZero();
    assertThat(look()).isEqualTo(MountScripts.Found.GONE);

    old = made();
    assertThat(run(forward(), NEVER)).isZero();
    assertThat(run("rmdir .kept/complete", NEVER)).isZero();
    assertThat(look().whole(true)).isFalse();
  }

  @Test
  void nothingIsCompleteWhileSomebodyWrites() throws Exception {
    String writer = "mv() { command mv \"$@\"; case \"$*\" in *hidden*) : > appeared;; esac; }; ";
    assertThat(run(writer + SCRIPTS.aside(), NEVER)).isEqualTo(BUSY);
    assertThat(place.resolve(".kept/complete")).doesNotExist();
    assertThat(run(back(), NEVER)).isZero();
    assertThat(visible()).containsAllEntriesOf(old).containsKey("appeared");
  }

  @Test
  void theTopFolderGetsAndLosesItsGroupBit() throws Exception {
    assertThat(run("chmod 2750 .", NEVER)).isZero();
    old = visible();
    assertThat(run(forward(), NEVER)).isZero();
    assertThat(visible()).isEqualTo(fresh);
    assertThat(run(back(), NEVER)).isZero();
    assertThat(visible()).isEqualTo(old);
  }

  private static String forward() {
    return SCRIPTS.aside() + "; " + SCRIPTS.place();
  }

  private static String back() {
    return SCRIPTS.withdraw() + "; " + SCRIPTS.putBack();
  }

  /** Fills the place and the hidden folder beside it, and returns what is seen of the place. */
  private TreeMap<String, String> made() throws Exception {
    assertThat(
            sh(
                folder,
                "rm -rf place; mkdir place; cd place; "
                    + "mkdir -p sub/.deep .fresh/data/sub; echo old > sub/.deep/file; "
                    + "echo old > .hidden; echo old > ..odd; echo old > 'a name  with'; "
                    + "ln -s nowhere link; chmod 755 .; chmod 700 .fresh; cd .fresh/data; "
                    + "echo new > sub/file; echo new > .hidden; echo new > '-n'; "
                    + "ln -s elsewhere link; chmod 2711 ."))
        .isZero();
    fresh = tree(place.resolve(".fresh/data"));
    return visible();
  }

  private void assertOld(int cut) throws Exception {
    assertThat(visible()).as("cut before command %d", cut + 1).isEqualTo(old);
    assertThat(look()).isEqualTo(MountScripts.Found.BACK);
    assertThat(place.resolve(".kept")).doesNotExist();
  }

  private MountScripts.Found look() throws Exception {
    assertThat(run(SCRIPTS.look() + " > ../said", NEVER)).isZero();
    return MountScripts.Found.valueOf(Files.readString(folder.resolve("said")).strip());
  }

  private TreeMap<String, String> visible() throws IOException {
    TreeMap<String, String> tree = tree(place);
    tree.keySet().removeIf(name -> name.startsWith(".kept") || name.startsWith(".fresh"));
    return tree;
  }

  private static TreeMap<String, String> tree(Path root) throws IOException {
    TreeMap<String, String> tree = new TreeMap<>();
    try (var all = Files.walk(root)) {
      for (Path each : all.toList()) {
        boolean file = Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS);
        tree.put(
            root.relativize(each).toString(),
            Files.getAttribute(each, "unix:mode", LinkOption.NOFOLLOW_LINKS)
                + (file ? Files.readString(each) : "")
                + (Files.isSymbolicLink(each) ? Files.readSymbolicLink(each) : ""));
      }
    }
    return tree;
  }

  private int run(String script, int commands) throws Exception {
    return sh(place, COUNTING.formatted(commands) + script);
  }

  private int sh(Path where, String script) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    int exit = process.exitValue();
    assertThat(exit)
        .as(Files.readString(log, StandardCharsets.UTF_8))
        .isIn(0, BUSY, IN_THE_WAY, CUT);
    return exit;
  }
}
