package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps a backup and a restore of one stack apart: each stops services and starts them again, and a
 * copy of what is changing places would be of neither set.
 */
public final class StackHold {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Messages MESSAGES = Messages.of("backup");
  private static final int LONGEST_DETAIL = 400;
  private static final String KEPT = "LANDED";

  /** One set is in use as a whole, and the other one is removed, however long that takes. */
  private static final Set<String> WHOLE = Set.of(KEPT, "ACCEPTING", "CLEARING");

  private StackHold() {}

  /** Returns the folder with the records of restores over stacks. */
  public static Path folder(Home home) {
    return home.state().resolve("backup").resolve("landings");
  }

  /** Returns the name under which {@code stack} has its files there. */
  public static String name(String stack) {
    return "stack-" + URLEncoder.encode(stack, StandardCharsets.UTF_8);
  }

  /** Holds the stack for one of them; null if somebody alive has it. */
  public static @Nullable ProcessLock take(Home home, String stack) throws IOException {
    Path folder = folder(home);
    AtomicFiles.createFolder(folder);
    return ProcessLock.acquire(folder.resolve(name(stack) + ".lock"), Duration.ZERO);
  }

  /**
   * Returns if no restore over {@code stack} is under way or was cut off: what it has stopped must
   * not run while data changes places.
   *
   * @throws ProblemException STACK-RESTORING if one is
   */
  public static void requireNoRestore(Home home, String stack) throws ProblemException {
    Problem problem = MESSAGES.problem("STACK-RESTORING", stack);
    try {
      if (halfDone(home, stack)) {
        throw new ProblemException(problem);
      }
    } catch (IOException unreadable) {
      throw new ProblemException(
          problem.withDetail(ForeignText.line(unreadable.toString(), LONGEST_DETAIL)), unreadable);
    }
  }

  /** Returns whether a restore over the stack was cut off and is not yet put in order. */
  static boolean cutOff(Home home, String stack) throws IOException {
    return !phase(home, stack).equals(KEPT);
  }

  /** Returns whether what is in use over the stack may be of two sets. */
  static boolean halfDone(Home home, String stack) throws IOException {
    return !WHOLE.contains(phase(home, stack));
  }

  /**
   * Returns the phase of a restore; that of one that was never begun is like that of a whole one.
   */
  private static String phase(Home home, String stack) throws IOException {
    Path record = folder(home).resolve(name(stack) + ".json");
    try {
      return MAPPER.readTree(Files.readAllBytes(record)).path("phase").asString("");
    } catch (NoSuchFileException none) {
      return KEPT;
    } catch (JacksonException unreadable) {
      return "";
    }
  }
}
