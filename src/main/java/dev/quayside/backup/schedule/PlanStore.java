package dev.quayside.backup.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the plans in the configuration folder, and how their last runs ended in the state folder.
 */
final class PlanStore {

  private static final String SUFFIX = ".json";
  private static final String KEYS = ".keys";
  private static final int LARGEST_KEY = 1 << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Path plans;
  private final Path runs;

  PlanStore(Home home) {
    this.plans = home.config().resolve("schedules");
    this.runs = home.state().resolve("backup").resolve("schedules");
  }

  /** Returns every plan, by name of stack. */
  List<SchedulePlan> all() throws ProblemException {
    List<SchedulePlan> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(plans, "*" + SUFFIX)) {
      for (Path file : files) {
        all.add(read(file));
      }
    } catch (NoSuchFileException noneYet) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(plans, e);
    }
    all.sort(Comparator.comparing(SchedulePlan::stack));
    return List.copyOf(all);
  }

  /** Returns the plan of {@code stack}; null if there is none. */
  @Nullable SchedulePlan plan(String stack) throws ProblemException {
    Path file = plans.resolve(name(stack) + SUFFIX);
    try {
      return Files.exists(file) ? read(file) : null;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static SchedulePlan read(Path file) throws IOException, ProblemException {
    try {
      return MAPPER.readValue(Files.readAllBytes(file), StoredPlan.class).plan();
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new IOException("a plan that cannot be read: " + file, e);
    }
  }

  private static ProblemException unreadable(Path file, IOException e) {
    return new ProblemException(
        Messages.of("schedule")
            .problem("SCHEDULE-UNREADABLE", file)
            .withDetail(String.valueOf(e.getMessage())),
        e);
  }

  /** Keeps a plan. */
  void put(SchedulePlan plan) throws IOException {
    AtomicFiles.createFolder(plans);
    AtomicFiles.replace(
        plans.resolve(name(plan.stack()) + SUFFIX), MAPPER.writeValueAsBytes(StoredPlan.of(plan)));
  }

  /**
   * Copies public keys beside the plan, so that it does not depend on files that somebody tidies
   * away. Those of an older plan stay until {@link #keepOnly}.
   */
  List<Path> keep(String stack, List<Path> certificates, String generation) throws IOException {
    Path folder = plans.resolve(name(stack) + KEYS);
    AtomicFiles.createFolder(folder);
    List<Path> kept = new ArrayList<>();
    for (Path certificate : certificates) {
      if (Files.size(certificate) > LARGEST_KEY) {
        throw new IOException("too large for a public key: " + certificate);
      }
      Path copy = folder.resolve(generation + "-" + kept.size() + ".pgp");
      AtomicFiles.replace(copy, Files.readAllBytes(certificate));
      kept.add(copy);
    }
    return kept;
  }

  /** Removes the public keys of older plans. */
  void keepOnly(String stack, List<Path> kept) throws IOException {
    Path folder = plans.resolve(name(stack) + KEYS);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!kept.contains(file)) {
          Files.delete(file);
        }
      }
    } catch (NoSuchFileException none) {
      return;
    }
    if (kept.isEmpty()) {
      Files.deleteIfExists(folder);
    }
  }

  /** Forgets a plan. */
  void remove(String stack) throws IOException {
    AtomicFiles.delete(plans.resolve(name(stack) + SUFFIX));
    keepOnly(stack, List.of());
  }

  /** Returns how the last run ended; null if there was none, or nothing is known of it. */
  @Nullable ScheduleRun lastRun(String stack) {
    try {
      return MAPPER.readValue(
          Files.readAllBytes(runs.resolve(name(stack) + SUFFIX)), ScheduleRun.class);
    } catch (IOException | JacksonException none) {
      return null;
    }
  }

  /** Notes a run. */
  void note(String stack, ScheduleRun run) throws IOException {
    AtomicFiles.createFolder(runs);
    AtomicFiles.replace(runs.resolve(name(stack) + SUFFIX), MAPPER.writeValueAsBytes(run));
  }

  /** Takes the right to run the plan; null if somebody else has it. */
  @Nullable ProcessLock lock(String stack) throws IOException {
    AtomicFiles.createFolder(runs);
    return ProcessLock.acquire(runs.resolve(name(stack) + ".lock"), Duration.ZERO);
  }

  private static String name(String stack) {
    return UnitText.escaped(stack);
  }
}
