package dev.quayside.stack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.StepBoundary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Holds one env file of a stack, and what edits it. */
abstract class EnvEditingFixture {

  @TempDir Path folder;
  Path file;
  Home home;
  EnvEditing editing;

  @BeforeEach
  void aFile() throws Exception {
    file = Files.createDirectory(folder.resolve("stack")).toRealPath().resolve(".env");
    home = EnvWorld.home(folder.resolve("home"));
    editing = editing(Path.of("/nonexistent"));
  }

  EnvEditing editing(Path mounted) throws Exception {
    return new EnvEditing(EnvWorld.parts(home, mounted, StepBoundary.none()));
  }

  void write(String content) throws Exception {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  EnvPlan plan(EnvChange... changes) {
    return EnvWorld.planned(editing.plan(EnvWorld.target(file), null, List.of(changes)));
  }

  EnvReceipt saved(EnvPlan plan) {
    Outcome<EnvReceipt> outcome = editing.save(plan);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<EnvReceipt>) outcome).receipt();
  }

  static Problem refusal(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<?>) outcome).problem();
  }
}
