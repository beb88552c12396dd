package dev.quayside.catalogue;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns the services, files and folders of a kind into values. */
final class ServiceReader {

  private static final String VOLUME = "volume:";
  private static final String LAYER = "layer:";

  private ServiceReader() {}

  static KnownService service(JsonNode node) {
    return new KnownService(
        node.required("role").stringValue(),
        Nodes.list(node.path("ports"), ServiceReader::port),
        node.path("gpu").booleanValue(false),
        onDemand(node.path("onDemand")),
        Nodes.text(node, "module"));
  }

  private static KnownService.KnownPort port(JsonNode node) {
    return new KnownService.KnownPort(
        node.required("container").intValue(),
        node.path("protocol").stringValue("tcp"),
        Nodes.constant(KnownService.Exposure.class, node.required("exposure").stringValue()),
        Nodes.constant(
            KnownService.Authentication.class, node.required("authentication").stringValue()));
  }

  private static KnownService.@Nullable OnDemand onDemand(JsonNode node) {
    return node.isObject()
        ? new KnownService.OnDemand(
            Nodes.list(node.required("gpus"), JsonNode::intValue),
            node.required("memoryShare").doubleValue(),
            node.required("weights").stringValue())
        : null;
  }

  static KnownEnvFile envFile(JsonNode node) {
    return new KnownEnvFile(
        node.required("path").stringValue(),
        Set.copyOf(
            Nodes.list(
                node.required("readers"),
                reader -> Nodes.constant(EnvReader.class, reader.stringValue()))),
        Nodes.text(node, "mountedInto"));
  }

  static InertSetting inert(JsonNode node) {
    return new InertSetting(
        node.required("name").stringValue(),
        node.required("reason").stringValue(),
        Nodes.text(node, "readInstead"));
  }

  static DataFolder dataFolder(JsonNode node) {
    String path = node.required("path").stringValue();
    String service = Nodes.text(node, "service");
    DataFolder.Where where = DataFolder.Where.FOLDER;
    if (path.startsWith(VOLUME)) {
      where = DataFolder.Where.VOLUME;
      path = path.substring(VOLUME.length());
    } else if (path.startsWith(LAYER)) {
      where = DataFolder.Where.LAYER;
      int end = path.indexOf(':', LAYER.length());
      service = path.substring(LAYER.length(), end);
      path = path.substring(end + 1);
    }
    return new DataFolder(
        where,
        path,
        service,
        Nodes.constant(DataFolder.Sensitivity.class, node.required("sensitivity").stringValue()),
        node.required("holds").stringValue(),
        node.required("adapter").stringValue(),
        Nodes.texts(node, "exclude"),
        node.path("weights").booleanValue(false));
  }
}
