package dev.quayside.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Turns the catalogue's JSON into values; a test checks the files against their schema. */
final class CatalogueReader {

  private CatalogueReader() {}

  static StackKind kind(JsonNode node, Set<String> publicEverywhere) {
    Map<String, Probe> probes = Nodes.map(node.path("probes"), ProbeReader::probe);
    List<KnownEnvFile> envFiles = Nodes.list(node.path("envFiles"), ServiceReader::envFile);
    SecretReader secrets = new SecretReader(probes, composeFiles(envFiles));
    Set<String> publicValues = new HashSet<>(publicEverywhere);
    publicValues.addAll(Nodes.texts(node, "publicValues"));
    return new StackKind(
        node.required("kind").stringValue(),
        Nodes.text(node, "era"),
        node.required("title").stringValue(),
        recognition(node.path("recognise")),
        layout(node.path("layout")),
        Nodes.map(node.path("services"), ServiceReader::service),
        Nodes.map(node.path("hostProcesses"), ServiceReader::service),
        new LifeRules(
            Set.copyOf(Nodes.texts(node, "keptStopped")),
            Nodes.map(node.path("healthNeverPasses"), JsonNode::stringValue),
            Set.copyOf(Nodes.texts(node, "signsOut"))),
        new LayerRules(
            Nodes.map(node.path("layerData"), Nodes::texts),
            Nodes.map(node.path("layerKept"), Nodes::texts)),
        Nodes.list(node.path("inert"), ServiceReader::inert),
        envFiles,
        Nodes.list(node.path("dataFolders"), ServiceReader::dataFolder),
        probes,
        Nodes.list(node.path("secrets"), secrets::secret),
        publicValues);
  }

  private static Recognition recognition(JsonNode node) {
    return new Recognition(
        Set.copyOf(Nodes.texts(node, "services")),
        Set.copyOf(Nodes.texts(node, "without")),
        Nodes.text(node, "containerPrefix"),
        Set.copyOf(Nodes.texts(node, "files")),
        Set.copyOf(Nodes.texts(node, "withoutFiles")),
        Nodes.map(node.path("texts"), JsonNode::stringValue));
  }

  private static KindLayout layout(JsonNode node) {
    if (!node.isObject()) {
      return KindLayout.PLAIN;
    }
    JsonNode assembly = node.path("assembly");
    return new KindLayout(
        node.path("directory").stringValue("."),
        Nodes.texts(node, "files"),
        Nodes.text(node, "listFile"),
        Nodes.text(node, "envFile"),
        assembly.isObject()
            ? new KindLayout.Assembly(
                assembly.required("variable").stringValue(),
                assembly.required("usual").stringValue(),
                Nodes.texts(assembly, "overlays"),
                Nodes.text(assembly, "extensions"),
                Nodes.texts(assembly, "extensionFiles"))
            : null);
  }

  private static Set<String> composeFiles(List<KnownEnvFile> files) {
    return files.stream()
        .filter(file -> file.readers().contains(EnvReader.COMPOSE))
        .map(KnownEnvFile::path)
        .collect(Collectors.toSet());
  }

  static Map<String, Adapter> adapters(JsonNode node) {
    return node.properties().stream()
        .map(entry ->
            new Adapter(
                entry.getKey(),
                entry.getValue().required("proven").booleanValue(),
                Nodes.text(entry.getValue(), "reason")))
        .collect(Collectors.toMap(Adapter::id, adapter -> adapter));
  }
}
