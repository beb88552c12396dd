package dev.quayside.setup;

import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.PathTexts;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineLocator;
import dev.quayside.engine.Located;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeVersion;
import dev.quayside.setup.DoctorFinding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks this machine. Changes nothing but that it makes Quayside's own folders; a check that hangs
 * is bounded by the time limits of what it calls.
 */
public final class Doctor {

  private static final List<Path> LIBRARY_FOLDERS =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/aarch64-linux-gnu"),
          Path.of("/usr/lib64"),
          Path.of("/usr/lib"));
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Map<String, String> environment;
  private final Home home;
  private final EngineLocator locator;
  private final Function<Endpoint, Compose> compose;
  private final Messages messages = Messages.of("doctor");

  /**
   * Creates a doctor.
   *
   * @param environment of the process
   * @param home where Quayside keeps its own things
   * @param locator finds the engine
   * @param compose makes the Compose runner for an engine that was found
   */
  public Doctor(
      Map<String, String> environment,
      Home home,
      EngineLocator locator,
      Function<Endpoint, Compose> compose) {
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.locator = locator;
    this.compose = compose;
  }

  /** Returns the findings in a fixed order, good ones too. */
  public List<DoctorFinding> examine() {
    List<DoctorFinding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(display());
    findings.add(gtk());
    engineAndCompose(findings);
    findings.add(tool("nvidia", "nvidia-smi"));
    findings.add(tool("gpg", "gpg"));
    findings.add(folder());
    return List.copyOf(findings);
  }

  private DoctorFinding java() {
    return ok(
        "java",
        messages.get("java.ok"),
        Runtime.version() + ", " + System.getProperty("java.home"));
  }

  private DoctorFinding display() {
    String x11 = environment.getOrDefault("DISPLAY", "");
    String wayland = environment.getOrDefault("WAYLAND_DISPLAY", "");
    if (!x11.isEmpty() || !wayland.isEmpty()) {
      return ok(
          "display", messages.get("display.ok"), "DISPLAY=" + x11 + " WAYLAND_DISPLAY=" + wayland);
    }
    return new DoctorFinding(
        "display",
        Severity.INFO,
        messages.get("display.none"),
        messages.get("display.evidence"),
        messages.get("display.next"),
        null);
  }

  private DoctorFinding gtk() {
    for (Path folder : LIBRARY_FOLDERS) {
      Path library = folder.resolve("libgtk-3.so.0");
      if (Files.exists(library)) {
        return ok("gtk", messages.get("gtk.ok"), library.toString());
      }
    }
    return new DoctorFinding(
        "gtk",
        Severity.WARNING,
        messages.get("gtk.none"),
        messages.get("gtk.evidence", LIBRARY_FOLDERS),
        messages.get("gtk.next"),
        "apt-get install libgtk-3-0");
  }

  private void engineAndCompose(List<DoctorFinding> findings) {
    try {
      Located located = locator.locate();
      try (Engine _ = located.engine()) {
        findings.add(
            ok(
                "engine",
                messages.get("engine.ok"),
                located.endpoint().address() + " (" + located.way() + ")"));
        findings.add(composeOn(located.endpoint()));
      }
    } catch (ProblemException problem) {
      findings.add(blocked("engine", problem.problem()));
      // Compose tells its version without an engine.
      findings.add(composeOn(new Endpoint.Unix(Path.of("/var/run/docker.sock"))));
    }
  }

  private DoctorFinding composeOn(Endpoint endpoint) {
    try {
      ComposeVersion version = compose.apply(endpoint).version();
      return ok("compose", messages.get("compose.ok"), version.text());
    } catch (ProblemException problem) {
      return blocked("compose", problem.problem());
    }
  }

  private DoctorFinding tool(String id, String program) {
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path place = PathTexts.pathOrNull(folder.isEmpty() ? "." : folder);
      if (place == null) {
        continue;
      }
      Path candidate = place.resolve(program);
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return ok(id, messages.get(id + ".found"), candidate.toString());
      }
    }
    return new DoctorFinding(
        id,
        Severity.INFO,
        messages.get(id + ".missing"),
        messages.get("tool.evidence", program),
        messages.get(id + ".next"),
        null);
  }

  private DoctorFinding folder() {
    try {
      home.create();
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(home.state());
      if (!Files.isWritable(home.state())) {
        return folderProblem(messages.get("folder.unwritable"));
      }
      return OWNER_ONLY.containsAll(mode)
          ? ok(
              "folder",
              messages.get("folder.ok"),
              home.state() + " " + PosixFilePermissions.toString(mode))
          : folderProblem(messages.get("folder.open", PosixFilePermissions.toString(mode)));
    } catch (IOException e) {
      return folderProblem(messages.get("folder.failed", e.getClass().getSimpleName()));
    }
  }

  private DoctorFinding folderProblem(String evidence) {
    return new DoctorFinding(
        "folder",
        Severity.WARNING,
        messages.get("folder.bad"),
        home.state() + ": " + evidence,
        messages.get("folder.next"),
        "chmod 700 '" + home.state().toString().replace("'", "'\\''") + "'");
  }

  private static DoctorFinding ok(String id, String title, String evidence) {
    return new DoctorFinding(id, Severity.OK, title, evidence, "", null);
  }

  private static DoctorFinding blocked(String id, Problem problem) {
    return new DoctorFinding(
        id,
        Severity.BLOCKER,
        problem.title(),
        problem.happened() + (problem.detail().isBlank() ? "" : "\n" + problem.detail()),
        problem.nextStep(),
        problem.command());
  }
}
