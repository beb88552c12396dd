package dev.quayside.backup.landing;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.Engine;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.engine.ThrowawayRequest;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Works inside a volume, or a folder that is not ours, with the tools of an image of the stack: a
 * container of its own, without network, that sees that one place and is removed when this is
 * closed.
 */
final class Hands implements AutoCloseable {

  /** Label of such containers; its value is the identity of the restore. */
  static final String LABEL = "dev.quayside.landing";

  /** Where the place is seen. */
  static final String TARGET = "/quayside";

  /** How the names of such containers begin. */
  static final String NAME = "quayside-restore-";

  private static final String ROOT = "0:0";
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration GLANCE = Duration.ofSeconds(30);
  private static final int LONGEST = 400;
  private static final List<String> WAITING =
      List.of("sh", "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done");

  /** Some have the tools, but without the options that the scripts need. */
  private static final String TOOLS =
      "command -v mv && command -v rm && command -v mkdir && command -v rmdir && command -v chmod"
          + " && command -v chown && command -v sync"
          + " && stat -c %u:%g:%a:%d / && df -Pk /";

  private static final Messages MESSAGES = Messages.of("landing");

  private final Engine reader;
  private final JournaledEngine engine;
  private final Intent intent;
  private final String source;
  private final ContainerId container;

  private Hands(
      Engine reader, JournaledEngine engine, Intent intent, String source, ContainerId container) {
    this.reader = reader;
    this.engine = engine;
    this.intent = intent;
    this.source = source;
    this.container = container;
  }

  /** Starts a container for one place; one of the same name that a kill left is removed first. */
  static Hands on(
      Engine reader, JournaledEngine engine, Intent intent, LandingRecord.MountSwap swap, String id)
      throws ProblemException {
    String name = NAME + swap.mark();
    for (Container left : reader.list()) {
      if (left.labels().containsKey(LABEL) && left.name().equals(name)) {
        engine.destroy(intent, left.id());
      }
    }
    ContainerId made =
        engine.createThrowaway(
            intent,
            new ThrowawayRequest(
                name,
                swap.image(),
                WAITING,
                Map.of(),
                Map.of(LABEL, id),
                new ThrowawayRequest.Mount(swap.source(), TARGET)));
    Hands hands = new Hands(reader, engine, intent, swap.source(), made);
    try {
      engine.start(intent, made);
    } catch (ProblemException e) {
      hands.close();
      throw e;
    }
    return hands;
  }

  /** Removes what a kill left of the restore {@code id}. */
  static void sweep(Engine reader, JournaledEngine engine, Intent intent, String id)
      throws ProblemException {
    for (Container left : reader.list()) {
      if (id.equals(left.labels().get(LABEL))) {
        engine.destroy(intent, left.id());
      }
    }
  }

  /** Returns whether the image has all that is needed. */
  boolean able() throws ProblemException {
    return exec(TOOLS, GLANCE, new ByteArrayOutputStream()).succeeded();
  }

  /** Runs a script in the place and returns what it printed. */
  String run(String script) throws ProblemException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ExecResult result = exec("set -e; cd " + TARGET + "; " + script, PATIENCE, said);
    if (!result.succeeded()) {
      throw new ProblemException(
          MESSAGES
              .problem("LANDING-TOOLS-FAILED", source, result.exitCode())
              .withDetail(ForeignText.line(result.errorOutput(), LONGEST)));
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private ExecResult exec(String script, Duration patience, ByteArrayOutputStream said)
      throws ProblemException {
    return engine.exec(
        intent,
        new ExecRequest(
            container, List.of("sh", "-c", script), Map.of(), ROOT, null, said, patience));
  }

  /** Unpacks a tar stream in the place, keeping owners and modes. */
  void unpack(InputStream tar) throws ProblemException {
    engine.uploadArchive(intent, container, TARGET, tar);
  }

  /** Returns what is at {@code path} below the place, as a tar stream. */
  InputStream pack(String path) throws ProblemException {
    return reader.archive(container, TARGET + "/" + path);
  }

  @Override
  public void close() throws ProblemException {
    engine.destroy(intent, container);
  }
}
