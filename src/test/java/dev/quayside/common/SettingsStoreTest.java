package dev.quayside.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsStoreTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private SettingsStore open() {
    return SettingsStore.open(new Home(folder.resolve("config"), folder, folder), timer);
  }

  @Test
  void readingAloneLeavesABrokenFileWhereItIs() throws Exception {
    Home home = new Home(folder, folder, folder);
    assertThat(SettingsStore.readOnly(home)).isEqualTo(Settings.usual());
    Path file = Files.writeString(folder.resolve("settings.properties"), "version=x\n\\u00");

    assertThat(SettingsStore.readOnly(home)).isEqualTo(Settings.usual());
    assertThat(file).exists();
  }

  @Test
  void whatWasChosenIsThereAgainInAFileForItsOwnerOnly() throws Exception {
    Settings.WindowPlace place = new Settings.WindowPlace(-5, 40, 1280, 800, true);
    try (SettingsStore store = open()) {
      assertThat(store.feed().latest()).isEqualTo(Settings.usual());
      store.change(now -> now.withTheme(Settings.Theme.DARK).withTextSize(18));
      store.change(now -> now.withEngine("ssh://me@host").withStack("shop").withWindow(place));
    }
    try (SettingsStore again = open()) {
      assertThat(again.feed().latest())
          .isEqualTo(new Settings(Settings.Theme.DARK, 18, "ssh://me@host", "shop", place));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(again.file())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void namesOfALaterVersionAreKept() throws Exception {
    Path file = folder.resolve("config/settings.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "version=9\ntheme=neon\nlater.thing=kept = as it is\ntext-size=999999999\n");
    try (SettingsStore store = open()) {
      assertThat(store.feed().latest().theme()).isEqualTo(Settings.Theme.FOLLOW);
      assertThat(store.feed().latest().textSize()).isEqualTo(100);
      store.change(now -> now.withTextSize(14));
    }
    assertThat(Files.readString(file))
        .contains("later.thing=kept = as it is\n", "version=9\n", "text-size=14\n");
  }

  @Test
  void aFileThatCannotBeReadIsSetAsideAndSaid() throws Exception {
    Path file = folder.resolve("config/settings.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "theme=\\uZZZZ\n");
    try (SettingsStore store = open()) {
      assertThat(store.feed().latest()).isEqualTo(Settings.usual());
      assertThat(store.problem().code()).isEqualTo("SETTINGS-UNREADABLE");
    }
    assertThat(file.resolveSibling("settings.properties.unreadable")).hasContent("theme=\\uZZZZ");
  }

  @Test
  void nothingIsWrittenWhereNothingChanged() {
    open().close();
    assertThat(folder.resolve("config/settings.properties")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidAndTheChangeHolds() throws Exception {
    Files.writeString(folder.resolve("config"), "a file where the folder should be");
    SettingsStore store = open();
    store.change(now -> now.withTextSize(15));
    store.save();
    assertThat(store.problem().code()).isEqualTo("SETTINGS-NOT-SAVED");
    assertThat(store.feed().latest().textSize()).isEqualTo(15);
  }

  @Provide
  Arbitrary<Settings> settings() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .withChars("ab=:#! \\\n\r\t\füЖ")
            .ofMinLength(1)
            .ofMaxLength(20)
            .filter(s -> !s.isBlank());
    Arbitrary<Settings.WindowPlace> place =
        Combinators.combine(
                Arbitraries.integers().between(-9_000, 9_000),
                Arbitraries.integers().between(1, 9_000),
                Arbitraries.of(true, false))
            .as((at, size, maximised) -> new Settings.WindowPlace(at, -at, size, size, maximised));
    return Combinators.combine(
            Arbitraries.of(Settings.Theme.values()),
            Arbitraries.integers().between(0, 100),
            text.injectNull(0.2),
            text.injectNull(0.2),
            place.injectNull(0.2))
        .as(Settings::new);
  }

  @Property(tries = 500)
  void anySettingsAreReadBackAsTheyWereWritten(@ForAll("settings") Settings settings)
      throws Exception {
    SettingsFile written = new SettingsFile(java.util.Map.of()).with(settings);
    SettingsFile read =
        SettingsFile.read(new String(written.bytes(), java.nio.charset.StandardCharsets.UTF_8));
    assertThat(read.settings()).isEqualTo(settings);
    assertThat(read.bytes()).isEqualTo(written.bytes());
  }
}
