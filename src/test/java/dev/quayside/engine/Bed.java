package dev.quayside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.ChildProcess;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.docker.DockerControl;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.engine.socket.SocketEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds the private engine of the test bed as the tests of this package use it. */
public final class Bed {

  private static final Duration LONG = Duration.ofSeconds(120);
  private static final String IMAGE = "caddy:2.11.3-alpine";

  private Bed() {}

  public static Endpoint endpoint() {
    return new Endpoint.Unix(Path.of(variable("QUAYSIDE_BED_SOCKET")));
  }

  public static SocketEngine connect() throws ProblemException {
    return new SocketConnector(System.getenv()).connect(endpoint());
  }

  public static EngineControl control() {
    return DockerControl.of(endpoint(), System.getenv());
  }

  /** Runs the docker command on the bed's engine and returns what it prints. */
  public static String docker(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("docker"));
    words.addAll(List.of(arguments));
    ChildProcess.Result result =
        ChildProcess.run(ChildProcess.Command.of(words, System.getenv()), null, LONG, 10_000_000);
    assertThat(result.succeeded()).as(words + ": " + result.errors().text()).isTrue();
    return result.output().text();
  }

  /** Starts a container that serves port 80 and stops at once when it is told to. */
  public static ContainerId run(String name, String... options)
      throws IOException, InterruptedException {
    remove(name);
    List<String> words = new ArrayList<>(List.of("run", "-d", "--name", name));
    words.addAll(List.of(options));
    words.add(IMAGE);
    return new ContainerId(docker(words.toArray(String[]::new)).strip());
  }

  public static void remove(String name) throws IOException, InterruptedException {
    ChildProcess.run(
        ChildProcess.Command.of(List.of("docker", "rm", "-f", "-v", name), System.getenv()),
        null,
        LONG,
        1000);
  }

  public static String image() {
    return IMAGE;
  }

  /**
   * Ends or starts the engine alone: {@code kill}, {@code stop}, {@code start}, {@code restart}.
   */
  public static void engine(String action) throws IOException, InterruptedException {
    ChildProcess.Result result =
        ChildProcess.run(
            ChildProcess.Command.of(
                List.of(variable("QUAYSIDE_BED_SCRIPT"), "engine", action), System.getenv()),
            null,
            LONG,
            100_000);
    assertThat(result.succeeded()).as(result.errors().text()).isTrue();
  }

  /** Sends a signal to the engine's process. */
  public static void signal(String signal) throws IOException, InterruptedException {
    String pid =
        Files.readString(
                Path.of(variable("QUAYSIDE_BED_DIR"), "run", "docker.pid"),
                StandardCharsets.US_ASCII)
            .strip();
    ChildProcess.Result result =
        ChildProcess.run(
            ChildProcess.Command.of(List.of("/bin/kill", "-" + signal, pid), Map.of()),
            null,
            LONG,
            1000);
    assertThat(result.succeeded()).as(result.errors().text()).isTrue();
  }

  private static String variable(String name) {
    String value = System.getenv(name);
    assertThat(value).as(name + " is set; run these tests in the bed").isNotNull();
    return value;
  }
}
