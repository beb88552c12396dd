package dev.quayside.stack.settings;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.stack.env.EnvEntry;
import dev.quayside.stack.env.EnvFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Shows what an environment file holds. Values of secrets are masked.
 *
 * @param target the file
 * @param exists whether it is there
 * @param hash SHA-256 of what was shown; a plan made with it refuses a file that changed since
 * @param settings that count, in the order of the file
 * @param problems of the file
 */
public record EnvView(
    EnvTarget target,
    boolean exists,
    String hash,
    List<Setting> settings,
    List<EnvProblem> problems) {

  /** Makes the lists immutable. */
  public EnvView {
    settings = List.copyOf(settings);
    problems = List.copyOf(problems);
  }

  /**
   * Shows one setting.
   *
   * @param name as written
   * @param line where, from 1
   * @param shown the value for people, masked where it is a secret
   * @param secret whether it is masked
   */
  public record Setting(String name, int line, String shown, boolean secret) {}

  static EnvView read(EnvTarget target, EnvJudge judge) throws ProblemException {
    if (!Files.exists(target.file())) {
      return new EnvView(target, false, EnvFile.hash(new byte[0]), List.of(), List.of());
    }
    EnvDiff masking = new EnvDiff(judge);
    EnvCheck check = new EnvCheck(judge);
    try (EnvFile file = EnvFile.read(target.file())) {
      List<Setting> settings = new ArrayList<>();
      for (EnvEntry entry : file.entries()) {
        if (entry.equals(file.entry(entry.name()))) {
          try (Secret value = file.value(entry.name())) {
            String shown = Objects.requireNonNull(masking.shown(entry.name(), value));
            settings.add(
                new Setting(entry.name(), entry.line(), shown, shown.equals(EnvDiff.MASK)));
          }
        }
      }
      List<EnvProblem> problems = new ArrayList<>(check.ofFile(target.file()));
      problems.addAll(check.ofContent(file, target.readers()));
      return new EnvView(target, true, file.hash(), settings, problems);
    }
  }
}
