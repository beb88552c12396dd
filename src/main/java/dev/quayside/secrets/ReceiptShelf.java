package dev.quayside.secrets;

import dev.quayside.common.Home;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.stack.ServiceResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the receipts that rotations left behind. A file that is not a receipt is left out and
 * logged.
 */
public final class ReceiptShelf {

  private static final Logger LOG = LoggerFactory.getLogger(ReceiptShelf.class);
  private static final long LARGEST = 1 << 20;

  private final Path folder;
  private final JsonMapper mapper = JsonMapper.builder().build();

  /** Looks below {@code home}. */
  public ReceiptShelf(Home home) {
    this.folder = home.state().resolve("receipts");
  }

  /** Returns the receipts of the stack called {@code stack}, newest first. Blocks. */
  public List<RotationReceipt> list(String stack) throws IOException {
    List<RotationReceipt> found = new ArrayList<>();
    for (Path file : files()) {
      try {
        RotationReceipt receipt = read(file);
        if (receipt.stack().equals(stack)) {
          found.add(receipt);
        }
      } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException notOne) {
        LOG.warn("{} is no receipt: {}", file, notOne.toString());
      }
    }
    found.sort(Comparator.comparing(RotationReceipt::began).reversed());
    return List.copyOf(found);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(ReceiptShelf::named).toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static boolean named(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith("rotation-") && name.endsWith(".json");
  }

  private RotationReceipt read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IllegalArgumentException("larger than 1 MiB");
    }
    JsonNode root = mapper.readTree(Files.readAllBytes(file));
    List<RotationReceipt.RotatedSecret> secrets = new ArrayList<>();
    root.path("secrets").forEach(node -> secrets.add(secret(node)));
    List<ServiceResult> services = new ArrayList<>();
    root.path("services").forEach(node -> services.add(service(node)));
    return new RotationReceipt(
        text(root, "id"),
        text(root, "stack"),
        Path.of(text(root, "file")),
        Instant.parse(text(root, "began")),
        Duration.ofMillis(root.path("tookMillis").asLong(0)),
        secrets,
        services,
        text(root, "journalHead"),
        file);
  }

  private static RotationReceipt.RotatedSecret secret(JsonNode node) {
    List<ProbeAnswer> probes = new ArrayList<>();
    node.path("probes").forEach(answer -> probes.add(probe(answer)));
    return new RotationReceipt.RotatedSecret(
        text(node, "name"), text(node, "oldFingerprint"), text(node, "newFingerprint"), probes);
  }

  private static ProbeAnswer probe(JsonNode node) {
    return new ProbeAnswer(
        ProbeAnswer.Credential.valueOf(text(node, "credential")),
        node.path("service").asString(""),
        text(node, "request"),
        text(node, "from"),
        text(node, "target"),
        node.path("status").asInt(0),
        ProbeAnswer.Verdict.valueOf(text(node, "verdict")));
  }

  private static ServiceResult service(JsonNode node) {
    return new ServiceResult(
        text(node, "service"),
        ServiceResult.Reached.valueOf(text(node, "state")),
        node.path("text").asString(""),
        Duration.ofMillis(node.path("tookMillis").asLong(0)));
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException("no " + name);
    }
    return value.asString();
  }
}
