package dev.quayside.secrets;

import dev.quayside.stack.Stack;
import java.nio.file.Path;
import java.util.List;

/**
 * Shows what a rotation would do before it is done. It holds no values.
 *
 * @param stack as last seen
 * @param secrets what would change
 * @param file the environment file that would change
 * @param fileHash SHA-256 of the file when the plan was made; the run refuses a file that changed
 *     since
 * @param diff the lines that would change, values masked
 * @param recreated services that would be made anew, in the order of dependence
 * @param stopped consumers whose containers are stopped or absent and are left so
 * @param notes what the operator should know: who is signed out, which services are not reachable
 *     and for how long
 */
public record RotationPlan(
    Stack stack,
    List<PlannedSecret> secrets,
    Path file,
    String fileHash,
    List<String> diff,
    List<String> recreated,
    List<String> stopped,
    List<String> notes) {

  /** Makes the lists immutable. */
  public RotationPlan {
    secrets = List.copyOf(secrets);
    diff = List.copyOf(diff);
    recreated = List.copyOf(recreated);
    stopped = List.copyOf(stopped);
    notes = List.copyOf(notes);
  }

  /**
   * Describes one secret of the plan.
   *
   * @param name the variable
   * @param line its line in the file, from 1
   * @param format of the new value, for people: {@code sk-dream- and 32 hexadecimal characters}
   * @param consumers services that read it
   * @param fingerprint of the present value
   */
  public record PlannedSecret(
      String name, int line, String format, List<String> consumers, String fingerprint) {
    /** Makes the list immutable. */
    public PlannedSecret {
      consumers = List.copyOf(consumers);
    }
  }
}
