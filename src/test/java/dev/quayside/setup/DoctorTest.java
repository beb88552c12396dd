package dev.quayside.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.engine.EngineLocator;
import dev.quayside.engine.FakeEngine;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.setup.DoctorFinding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void eachThingIsToldOnceInAFixedOrder() throws Exception {
    List<String> order =
        List.of("java", "display", "gtk", "engine", "compose", "nvidia", "gpg", "folder");

    assertThat(examine()).extracting(DoctorFinding::id).containsExactlyElementsOf(order);
    try (FakeEngine fake = new FakeEngine(folder.resolve("engine.sock"))) {
      environment.put("DOCKER_HOST", fake.endpoint().address());
      assertThat(examine()).extracting(DoctorFinding::id).containsExactlyElementsOf(order);
    }
  }

  @Test
  void anEngineThatIsNotThereBlocksAndComposeIsLookedForAllTheSame() {
    environment.put("DOCKER_HOST", "unix://" + folder.resolve("none.sock"));

    assertThat(finding("engine").severity()).isEqualTo(Severity.BLOCKER);
    assertThat(finding("compose").severity()).isEqualTo(Severity.BLOCKER);
    assertThat(finding("compose").evidence()).isNotBlank();
  }

  @Test
  void anEngineThatAnswersIsNamedWithTheWayItWasFound() throws Exception {
    try (FakeEngine fake = new FakeEngine(folder.resolve("engine.sock"))) {
      environment.put("DOCKER_HOST", fake.endpoint().address());

      assertThat(finding("engine").severity()).isEqualTo(Severity.OK);
      assertThat(finding("engine").evidence()).contains(fake.endpoint().address(), "DOCKER_HOST");
    }
  }

  @Test
  void aToolIsLookedForOnThePathAndAFolderOfItsNameIsNone() throws Exception {
    environment.put("PATH", folder.toString());
    Files.createDirectory(folder.resolve("gpg"));
    program("nvidia-smi", "exit 1");

    assertThat(finding("gpg").severity()).isEqualTo(Severity.INFO);
    assertThat(finding("nvidia").evidence()).contains(folder.resolve("nvidia-smi").toString());
  }

  @Test
  void aFolderOfThePathThatThisProcessCannotNameIsPassedOver() throws Exception {
    program("nvidia-smi", "exit 1");
    try (FakeEngine fake = new FakeEngine(folder.resolve("engine.sock"))) {
      environment.put("DOCKER_HOST", fake.endpoint().address());
      EngineLocator locator = locator();
      // As a name with a letter outside ASCII is under LANG=C.
      Map<String, String> odd = Map.of("PATH", "/no\0name:" + folder);
      List<DoctorFinding> findings =
          new Doctor(odd, home(), locator, endpoint -> Compose.on(endpoint, Map.of())).examine();

      assertThat(findings)
          .filteredOn(finding -> finding.id().equals("nvidia"))
          .singleElement()
          .extracting(DoctorFinding::severity)
          .isEqualTo(Severity.OK);
    }
  }

  @Test
  void aFolderThatOthersMayReadIsAWarningWithTheCommandThatMendsIt() throws Exception {
    assertThat(finding("folder").severity()).isEqualTo(Severity.OK);
    Path state = home().state();
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(finding("folder").severity()).isEqualTo(Severity.WARNING);
    assertThat(finding("folder").evidence()).contains("rwxr-xr-x");
    assertThat(finding("folder").command()).isEqualTo("chmod 700 '" + state + "'");
  }

  @Test
  void withoutADisplayOnlyTheWindowIsMissing() {
    assertThat(finding("display").severity()).isEqualTo(Severity.INFO);
    environment.put("WAYLAND_DISPLAY", "wayland-0");
    assertThat(finding("display").severity()).isEqualTo(Severity.OK);
  }

  private Home home() {
    return Home.locate(folder.resolve("home"), Map.of(), folder);
  }

  private List<DoctorFinding> examine() {
    return new Doctor(environment, home(), locator(), endpoint -> Compose.on(endpoint, environment))
        .examine();
  }

  private EngineLocator locator() {
    return new EngineLocator(
        new EngineLocator.Wishes(null, null, environment, folder),
        new SocketConnector(environment));
  }

  private DoctorFinding finding(String id) {
    return examine().stream().filter(found -> found.id().equals(id)).findFirst().orElseThrow();
  }

  private void program(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
