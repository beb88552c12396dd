package dev.quayside.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns the catalogue's JSON into values; a test checks the files against their schema. */
final class CatalogueReader {

  private CatalogueReader() {}

  static StackKind kind(JsonNode node, Set<String> publicEverywhere) {
    JsonNode recognise = node.path("recognise");
    Map<String, KeyProbe> probes = new HashMap<>();
    node.path("probes")
        .properties()
        .forEach(entry -> probes.put(entry.getKey(), probe(entry.getValue())));
    List<CataloguedSecret> secrets = new ArrayList<>();
    node.path("secrets").forEach(secret -> secrets.add(secret(secret, probes)));
    Set<String> publicValues = new HashSet<>(publicEverywhere);
    publicValues.addAll(texts(node, "publicValues"));
    return new StackKind(
        node.required("kind").stringValue(),
        node.path("era").stringValue(""),
        node.required("title").stringValue(),
        Set.copyOf(texts(recognise, "services")),
        Set.copyOf(texts(recognise, "without")),
        Set.copyOf(texts(node, "keptStopped")),
        textMap(node.path("healthNeverPasses")),
        listMap(node.path("layerData")),
        listMap(node.path("layerKept")),
        onDemand(node.path("services")),
        Set.copyOf(texts(node, "signsOut")),
        secrets,
        publicValues);
  }

  private static CataloguedSecret secret(JsonNode node, Map<String, KeyProbe> probes) {
    Set<RotationClass> classes = new HashSet<>();
    texts(node, "classes").forEach(name -> classes.add(RotationClass.valueOf(name)));
    String probe = node.path("probe").stringValue("");
    return new CataloguedSecret(
        node.required("row").intValue(),
        node.required("name").stringValue(),
        CataloguedSecret.Place.valueOf(
            node.path("place").stringValue("env").toUpperCase(Locale.ROOT)),
        classes,
        texts(node, "copies"),
        texts(node, "consumers"),
        generator(node.path("generator")),
        probe.isEmpty() ? null : required(probes, probe),
        node.path("note").stringValue(""));
  }

  private static KeyProbe required(Map<String, KeyProbe> probes, String name) {
    KeyProbe probe = probes.get(name);
    if (probe == null) {
      throw new IllegalStateException("the catalogue has no probe " + name);
    }
    return probe;
  }

  private static @Nullable Generator generator(JsonNode node) {
    if (!node.isObject()) {
      return null;
    }
    return new Generator(
        node.path("prefix").stringValue(""),
        Generator.Alphabet.valueOf(
            node.required("alphabet").stringValue().toUpperCase(Locale.ROOT)),
        node.required("bytes").intValue());
  }

  private static KeyProbe probe(JsonNode node) {
    return new KeyProbe(
        node.required("service").stringValue(),
        node.required("port").intValue(),
        node.required("path").stringValue(),
        node.required("header").stringValue(),
        node.path("prefix").stringValue(""),
        numbers(node.required("accepted")),
        numbers(node.required("refused")),
        node.required("source").stringValue());
  }

  private static Set<Integer> numbers(JsonNode node) {
    Set<Integer> numbers = new HashSet<>();
    node.forEach(number -> numbers.add(number.intValue()));
    return numbers;
  }

  private static Map<String, KnownService.OnDemand> onDemand(JsonNode services) {
    Map<String, KnownService.OnDemand> models = new HashMap<>();
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      JsonNode model = service.getValue().path("onDemand");
      if (model.isObject()) {
        models.put(
            service.getKey(),
            new KnownService.OnDemand(
                List.copyOf(new TreeSet<>(numbers(model.required("gpus")))),
                model.required("memoryShare").doubleValue(),
                model.path("weights").stringValue("")));
      }
    }
    return models;
  }

  static List<String> texts(JsonNode node, String name) {
    List<String> texts = new ArrayList<>();
    node.path(name).forEach(text -> texts.add(text.stringValue()));
    return texts;
  }

  private static Map<String, String> textMap(JsonNode node) {
    Map<String, String> map = new HashMap<>();
    node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().stringValue()));
    return map;
  }

  private static Map<String, List<String>> listMap(JsonNode node) {
    Map<String, List<String>> map = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      List<String> paths = new ArrayList<>();
      entry.getValue().forEach(path -> paths.add(path.stringValue()));
      map.put(entry.getKey(), List.copyOf(paths));
    }
    return map;
  }
}
