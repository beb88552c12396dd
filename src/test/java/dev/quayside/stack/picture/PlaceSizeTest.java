package dev.quayside.stack.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceSizeTest {

  @TempDir private Path folder;

  @Test
  void theLengthsOfAllFilesBelowAreAddedUpAndLinksAreNotFollowed() throws Exception {
    Files.write(folder.resolve("one"), new byte[1000]);
    Files.createDirectories(folder.resolve("deep/er"));
    Files.write(folder.resolve("deep/er/two"), new byte[234]);
    Files.createSymbolicLink(folder.resolve("away"), Path.of("/usr"));
    assertThat(PlaceSize.of(folder)).isEqualTo(new PlaceSize.Known(1234, 3));
  }

  @Test
  void aPlaceThatIsALinkItselfIsMeasuredWhereItLeads() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.write(real.resolve("file"), new byte[7]);
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    assertThat(PlaceSize.of(link)).isEqualTo(new PlaceSize.Known(7, 1));
  }

  @Test
  void aFileIsAsLongAsItIs() throws Exception {
    assertThat(PlaceSize.of(Files.write(folder.resolve("file"), new byte[42])))
        .isEqualTo(new PlaceSize.Known(42, 1));
  }

  @Test
  void whatIsNotThereIsMissingAndADeadLinkIsNoSize() throws Exception {
    assertThat(PlaceSize.of(folder.resolve("none"))).isEqualTo(new PlaceSize.Missing());
    Path dead = Files.createSymbolicLink(folder.resolve("dead"), folder.resolve("none"));
    assertThat(PlaceSize.of(dead))
        .isEqualTo(new PlaceSize.Unknown("what it leads to is not there"));
  }

  @Test
  void whatFailsForAnotherReasonIsUnknownAndNotClosed() throws Exception {
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    assertThat(PlaceSize.of(loop))
        .isInstanceOfSatisfying(
            PlaceSize.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("symbolic links"));
  }

  @Test
  void countingStaysOnTheFileSystemOfThePlaceAndSaysWhatItLeftOut() throws Exception {
    Files.write(folder.resolve("one"), new byte[1000]);
    Path mounted = Files.createDirectories(folder.resolve("mounted/deep"));
    Files.write(mounted.resolve("two"), new byte[234]);
    assertThat(PlaceSize.of(folder, 100, place -> place.toString().contains("mounted") ? 1 : 0))
        .isEqualTo(new PlaceSize.AtLeast(1000, 0, 1, false));
  }

  @Test
  void theWholeMachineAndWhatTheKernelMakesUpAreNotMeasured() throws Exception {
    PlaceSize root = new PlaceSize.NotMeasured(PlaceSize.Why.ROOT);
    assertThat(PlaceSize.of(Path.of("/"))).isEqualTo(root);
    assertThat(PlaceSize.of(Files.createSymbolicLink(folder.resolve("all"), Path.of("/"))))
        .isEqualTo(root);
    PlaceSize kernel = new PlaceSize.NotMeasured(PlaceSize.Why.KERNEL);
    assertThat(PlaceSize.of(Path.of("/proc"))).isEqualTo(kernel);
    assertThat(PlaceSize.of(Path.of("/proc/self/fdinfo"))).isEqualTo(kernel);
    assertThat(PlaceSize.of(Path.of("/sys"))).isEqualTo(kernel);
  }

  @Test
  void countingEndsAtTheLimitAndSaysSo() throws Exception {
    for (int i = 0; i < 20; i++) {
      Files.write(folder.resolve("file" + i), new byte[10]);
    }
    assertThat(PlaceSize.of(folder, 5))
        .isInstanceOfSatisfying(
            PlaceSize.AtLeast.class,
            some -> {
              assertThat(some.cut()).isTrue();
              assertThat(some.bytes()).isLessThan(100);
            });
  }

  @Test
  void anInterruptEndsTheCounting() throws Exception {
    Files.write(folder.resolve("file"), new byte[10]);
    Thread.currentThread().interrupt();
    try {
      assertThat(PlaceSize.of(folder)).isInstanceOf(PlaceSize.AtLeast.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
