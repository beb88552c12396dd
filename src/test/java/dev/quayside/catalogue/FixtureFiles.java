package dev.quayside.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Reads what the Compose files of a fixture of the test bed declare, switched-off ones included.
 */
final class FixtureFiles {

  private static final Path FOLDER =
      Path.of(System.getProperty("quayside.repository", "."), "src/bed/fixtures");
  private static final Pattern CONTAINER_PORT = Pattern.compile(".*:(\\d+)(?:/(?:tcp|udp))?");
  private static final Pattern COMPOSE = Pattern.compile(".*\\.ya?ml(\\.disabled)?");

  /** Services by name with the container ports that they publish. */
  final Map<String, Set<Integer>> ports = new TreeMap<>();

  final Set<String> gpu = new TreeSet<>();

  /** Writable bind mounts and named volumes, relative to the folder of the stack. */
  final Map<String, String> writable = new TreeMap<>();

  private final Path root;

  FixtureFiles(String fixture) throws IOException {
    root = FOLDER.resolve(fixture).resolve("stack");
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(file -> COMPOSE.matcher(file.getFileName().toString()).matches()).toList();
    }
    for (Path file : files) {
      Object content =
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      if (content instanceof Map<?, ?> map && map.get("services") instanceof Map<?, ?> services) {
        services.forEach((name, service) -> read(file, (String) name, (Map<?, ?>) service));
      }
    }
  }

  private void read(Path file, String name, Map<?, ?> service) {
    Set<Integer> published = ports.computeIfAbsent(name, _ -> new TreeSet<>());
    for (Object port : list(service.get("ports"))) {
      Matcher matcher = CONTAINER_PORT.matcher(port.toString());
      if (matcher.matches()) {
        published.add(Integer.valueOf(matcher.group(1)));
      }
    }
    if (service.get("deploy") instanceof Map<?, ?> deploy
        && deploy.get("resources") instanceof Map<?, ?> resources
        && resources.get("reservations") != null) {
      gpu.add(name);
    }
    for (Object volume : list(service.get("volumes"))) {
      mount(file, name, volume.toString());
    }
  }

  private void mount(Path file, String service, String volume) {
    if (volume.endsWith(":ro") || volume.contains("docker.sock")) {
      return;
    }
    String source = volume.replaceFirst(":/[^:]*(:[a-z]+)?$", "");
    if (source.startsWith("./")) {
      // Files of extensions are read as if they lay in the root: Compose takes the first file's.
      Path folder = Files.exists(root.resolve(".compose-flags")) ? root : file.getParent();
      source = root.relativize(folder.resolve(source).normalize()).toString();
    } else if (source.startsWith("../")) {
      Path folder = file.getParent();
      source = root.relativize(folder.resolve(source).normalize()).toString();
    } else if (!source.startsWith("$")) {
      source = "volume:" + source;
    }
    writable.put(source, service);
  }

  private static List<Object> list(Object value) {
    return value instanceof List<?> list ? new ArrayList<>(list) : List.of();
  }
}
