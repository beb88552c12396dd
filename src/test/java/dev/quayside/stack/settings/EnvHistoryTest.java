package dev.quayside.stack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.stack.env.EnvLocks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Earlier contents are listed, kept up to a number, and come back. */
class EnvHistoryTest extends EnvEditingFixture {

  @Test
  void anOlderVersionComesBackAndThatCanBeUndoneToo() throws Exception {
    write("A=1\nAPI_KEY=zzold\n");
    try (EnvPlan plan = plan(EnvWorld.put("API_KEY", "zznew"), EnvWorld.put("A", "2"))) {
      saved(plan);
    }
    EnvTarget target = EnvWorld.target(file);
    EnvVersion first = editing.version(target, "1");
    assertThat(first.names()).containsExactly("A", "API_KEY");
    assertThat(editing.diff(target, first, null).stream().map(EnvWords::difference))
        .containsExactly(
            "~ A: 1 becomes 2 (line 1)", "~ API_KEY: •••••••• becomes •••••••• (line 2)");
    try (EnvPlan restore = EnvWorld.planned(editing.planRestore(target, first))) {
      saved(restore);
    }
    assertThat(Files.readString(file)).isEqualTo("A=1\nAPI_KEY=zzold\n");
    EnvVersion second = editing.version(target, "2");
    assertThat(second.reason()).isEqualTo("restore");
    assertThat(editing.diff(target, second, first)).hasSize(2);
    try (EnvPlan undo = EnvWorld.planned(editing.planRestore(target, second))) {
      saved(undo);
    }
    assertThat(Files.readString(file)).isEqualTo("A=2\nAPI_KEY=zznew\n");
  }

  @Test
  void copiesOfOthersAreListedWithTheirModeAndCanBeRestored() throws Exception {
    write("A=1\n");
    Path guides = file.resolveSibling(".env.backup-20260101120000");
    Files.writeString(guides, "A=0\n");
    Files.setPosixFilePermissions(guides, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(file.resolveSibling(".env~"), "A=5\n");
    Files.writeString(file.resolveSibling(".env.prod"), "A=6\n");
    Path kept = Files.createDirectories(file.resolveSibling("data/config-backups"));
    Files.writeString(kept.resolve(".env.1"), "A=7\n");
    EnvTarget target = EnvWorld.target(file);
    assertThat(editing.history(target))
        .extracting(EnvVersion::id)
        .containsExactlyInAnyOrder(
            ".env.backup-20260101120000", ".env~", "data/config-backups/.env.1");
    EnvVersion version = editing.version(target, ".env.backup-20260101120000");
    assertThat(version.mode()).isEqualTo("rw-r--r--");
    try (EnvPlan restore = EnvWorld.planned(editing.planRestore(target, version))) {
      saved(restore);
    }
    assertThat(Files.readString(file)).isEqualTo("A=0\n");
    assertThat(Files.readString(guides)).isEqualTo("A=0\n");
  }

  @Test
  void aCopyOfAnotherFileIsListedAndNotRestored() throws Exception {
    write("A=1\n");
    EnvTarget target = EnvWorld.target(file);
    for (String copy : List.of("compose.yml.backup-20260101", ".env.prod.backup-20260101")) {
      Files.writeString(file.resolveSibling(copy), "A=9\n");
      EnvVersion other = editing.version(target, copy);
      assertThat(refusal(editing.planRestore(target, other)).code())
          .as(copy)
          .isEqualTo("ENV-OTHER-FILE");
    }
  }

  @Test
  void onlyTheNewestVersionsAreKeptAndNothingOfTheOthers() throws Exception {
    assertThat(EnvHistory.MOST).isEqualTo(50);
    EnvHistory history = new EnvHistory(home, EnvHistory.FOREIGN, 3);
    Path own = Files.createDirectories(home.state().resolve("env-history/" + EnvLocks.key(file)));
    Files.writeString(own.resolve(".00000001.pgp.quayside-0123456789abcdef"), "cut off");
    Files.writeString(own.resolve("00000009.pgp"), "cut off");
    for (int i = 1; i <= 5; i++) {
      byte[] content = ("A=" + i + "\n").getBytes(StandardCharsets.UTF_8);
      String save = "save" + i;
      Instant now = Instant.EPOCH.plusSeconds(i);
      String id = history.keep(save, file, "edit", List.of("A"), content, now);
      assertThat(id).isEqualTo("0000000" + i);
      assertThat(history.keep(save, file, "edit", List.of("A"), content, now)).isEqualTo(id);
    }
    EnvTarget target = EnvWorld.target(file);
    assertThat(history.list(target))
        .extracting(EnvVersion::id)
        .containsExactly("00000005", "00000004", "00000003");
    EnvVersion oldest = history.find(target, "3");
    assertThat(oldest.at()).isEqualTo(Instant.EPOCH.plusSeconds(3));
    assertThat(oldest.size()).isEqualTo(4);
    assertThat(oldest.names()).containsExactly("A");
    assertThat(new String(history.content(target, oldest), StandardCharsets.UTF_8))
        .isEqualTo("A=3\n");
    try (Stream<Path> left = Files.list(own)) {
      assertThat(left)
          .extracting(one -> one.getFileName().toString())
          .containsExactlyInAnyOrder(
              "00000003.json",
              "00000003.pgp",
              "00000004.json",
              "00000004.pgp",
              "00000005.json",
              "00000005.pgp");
    }
  }

  @ParameterizedTest
  @CsvSource({
    ".env.backup-20260101120000,true",
    ".env.backup,true",
    ".env.backup.1,true",
    ".env.bak,true",
    ".env.bak.2026,true",
    ".env.bak-1,true",
    ".env.old,true",
    ".env.save,true",
    ".env~,true",
    ".env.1,true",
    ".env,true",
    ".env.prod,false",
    ".env.prod.backup-1,false",
    ".env.prod~,false",
    ".env.production.bak,false",
    ".envrc,false",
    "compose.yml.bak,false",
  })
  void aCopyIsKnownByItsName(String copy, boolean ofEnv) {
    assertThat(EnvHistory.copyOf(Path.of("/x/.env"), Path.of("/x", copy))).isEqualTo(ofEnv);
    assertThat(EnvHistory.copyOf(Path.of("/x/.env.prod"), Path.of("/x", copy)))
        .isEqualTo(copy.startsWith(".env.prod") && !copy.startsWith(".env.production"));
  }
}
