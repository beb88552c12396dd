package dev.quayside.catalogue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns the secrets of a kind into values. */
final class SecretReader {

  private final Map<String, Probe> probes;
  private final Set<String> composeFiles;

  /**
   * Creates a reader for a kind with {@code probes}, of whose environment files Compose reads
   * {@code composeFiles}.
   */
  SecretReader(Map<String, Probe> probes, Set<String> composeFiles) {
    this.probes = probes;
    this.composeFiles = composeFiles;
  }

  CataloguedSecret secret(JsonNode node) {
    String name = node.required("name").stringValue();
    Set<RotationClass> classes = new HashSet<>();
    Nodes.texts(node, "classes").forEach(one -> classes.add(RotationClass.valueOf(one)));
    return new CataloguedSecret(
        node.required("row").intValue(),
        name,
        Nodes.constant(CataloguedSecret.Place.class, node.path("place").stringValue("env")),
        classes,
        Nodes.list(node.path("copies"), copy -> copy(copy, name)),
        Nodes.texts(node, "consumers"),
        generator(node.path("generator")),
        probe(Nodes.text(node, "probe")),
        Nodes.text(node, "note"));
  }

  private SecretCopy copy(JsonNode node, String name) {
    SecretCopy.Kind kind =
        Nodes.constant(SecretCopy.Kind.class, node.required("kind").stringValue());
    String path = Nodes.text(node, "path");
    String key = node.path("key").stringValue(kind == SecretCopy.Kind.ENV ? name : "");
    boolean primary =
        kind == SecretCopy.Kind.ENV && key.equals(name) && composeFiles.contains(path);
    return new SecretCopy(
        kind,
        path,
        key,
        Nodes.text(node, "service"),
        Nodes.text(node, "when"),
        Nodes.text(node, "note"),
        primary);
  }

  private static @Nullable Generator generator(JsonNode node) {
    if (!node.isObject()) {
      return null;
    }
    return new Generator(
        Nodes.text(node, "prefix"),
        Nodes.texts(node, "alsoPrefixes"),
        Nodes.constant(Generator.Alphabet.class, node.required("alphabet").stringValue()),
        node.required("bytes").intValue());
  }

  private @Nullable Probe probe(String name) {
    if (name.isEmpty()) {
      return null;
    }
    Probe probe = probes.get(name);
    if (probe == null) {
      throw new IllegalStateException("the catalogue has no probe " + name);
    }
    return probe;
  }
}
