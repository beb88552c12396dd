package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.EngineControl;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a real PostgreSQL server of this machine; only the container around it is missing. */
public final class LocalPostgres implements AutoCloseable {

  private final Path cluster;
  private final Path tools;

  /** Makes a cluster of its own and starts the server. */
  public LocalPostgres() throws Exception {
    cluster = Files.createTempDirectory(Path.of("/tmp"), "qpg");
    try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      tools = versions.sorted().toList().getLast().resolve("bin");
    }
    run(List.of("chown", "postgres", cluster.toString()));
    server("initdb", "-D", cluster + "/data", "-A", "trust", "-U", "postgres", "--no-sync");
    server(
        "pg_ctl",
        "-D",
        cluster + "/data",
        "-w",
        "-o",
        "-F -c listen_addresses= -k " + cluster,
        "-l",
        cluster + "/log",
        "start");
  }

  /** Does something before a command runs. */
  @FunctionalInterface
  public interface Before {
    /** Is told what runs next. */
    void command(ExecRequest request) throws Exception;
  }

  @Override
  public void close() throws Exception {
    server("pg_ctl", "-D", cluster + "/data", "-m", "immediate", "-w", "stop");
    run(List.of("rm", "-rf", cluster.toString()));
  }

  /** Returns the folder of its socket. */
  String socket() {
    return cluster.toString();
  }

  /** Runs what would run inside the container on this machine, and knows nothing else. */
  public EngineControl control(Before before) {
    return (EngineControl)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {EngineControl.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("exec")) {
                throw new UnsupportedOperationException(method.getName());
              }
              ExecRequest request = (ExecRequest) arguments[0];
              before.command(request);
              ProcessBuilder builder = new ProcessBuilder(request.command());
              builder.environment().put("PGHOST", cluster.toString());
              Path errors = Files.createTempFile("quayside", "err");
              Process process = builder.redirectError(errors.toFile()).start();
              InputStream given = request.input();
              try (OutputStream input = process.getOutputStream()) {
                if (given != null) {
                  given.transferTo(input);
                }
              }
              process.getInputStream().transferTo(request.output());
              ExecResult result =
                  new ExecResult(process.waitFor(), Files.readString(errors), false);
              Files.delete(errors);
              return result;
            });
  }

  /** Asks a database. */
  public String sql(String database, String question) throws Exception {
    return tool("psql", "-X", "-At", "-d", database, "-c", question).strip();
  }

  /** Runs a tool of PostgreSQL on the server and returns what it prints. */
  public String tool(String tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("env", "PGHOST=" + cluster, "PGUSER=postgres"));
    command.add(tools.resolve(tool).toString());
    command.addAll(List.of(arguments));
    return run(command);
  }

  private void server(String tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(tools.resolve(tool).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static String run(List<String> command) throws Exception {
    Path log = Files.createTempFile("quayside", "log");
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/tmp").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String printed = Files.readString(log);
    Files.delete(log);
    assertThat(process.exitValue()).as(command + ": " + printed).isZero();
    return printed;
  }
}
