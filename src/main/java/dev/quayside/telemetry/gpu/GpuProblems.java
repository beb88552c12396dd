package dev.quayside.telemetry.gpu;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what an exit status of the tool means, as its manual lists them (nvidia-smi(1), "Return
 * value").
 */
final class GpuProblems {

  private static final Set<Integer> KNOWN = Set.of(-1, 2, 3, 4, 6, 8, 9, 10, 12, 13, 14, 15, 18);

  private static final int LONGEST = 300;

  private final Messages messages;

  GpuProblems(Messages messages) {
    this.messages = messages;
  }

  /** Returns the problem for the end of a run. */
  Problem of(SmiLoop.End end) {
    String key =
        "gpu.exit." + (KNOWN.contains(end.exitCode()) ? String.valueOf(end.exitCode()) : "other");
    String said = ForeignText.line(end.text().replace('\n', ' '), LONGEST);
    String evidence =
        said.isEmpty()
            ? messages.get("gpu.said-nothing", end.exitCode())
            : messages.get("gpu.said", end.exitCode(), said);
    return new Problem(
        "GPU-TOOL-" + (end.exitCode() < 0 ? "START" : String.valueOf(end.exitCode())),
        messages.get(key + ".title"),
        evidence,
        messages.get("gpu.unchanged"),
        messages.get(key + ".next"),
        null,
        detail(end.text()));
  }

  private static String detail(String text) {
    return text.lines()
        .map(line -> ForeignText.line(line, LONGEST))
        .collect(Collectors.joining("\n"));
  }
}
