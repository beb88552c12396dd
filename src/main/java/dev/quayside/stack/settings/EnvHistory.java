package dev.quayside.stack.settings;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.env.EnvLocks;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the contents that a file had before each save, sealed, at most {@value #MOST} of a file;
 * and finds the copies that others left beside it.
 */
public final class EnvHistory {

  /** How many versions of a file are kept. */
  static final int MOST = 50;

  /** Where the stacks' own tools and people leave copies, relative to the file's folder. */
  public static final List<String> FOREIGN =
      List.of(
          "{NAME}.backup*",
          "{NAME}.bak*",
          "{NAME}.old",
          "{NAME}.save",
          "{NAME}~",
          "*.backup-*",
          "data/config-backups/{NAME}*");

  /**
   * What may follow the name of a file in that of a copy: {@code .env.prod.bak} is none of .env.
   */
  private static final Pattern ENDING =
      Pattern.compile("~|[.-](backup|bak|save|old)([.-].*)?|[.-]?[0-9][0-9A-Za-z:._-]*|");

  private static final Logger LOG = LoggerFactory.getLogger(EnvHistory.class);
  private static final int LONGEST_LIST = 200;
  private static final Messages MESSAGES = Messages.of("env");

  private final Path folder;
  private final HistoryVault vault;
  private final int most;
  private final List<String> foreign;

  /** Opens the history in {@code home}. */
  public EnvHistory(Home home) {
    this(home, FOREIGN, MOST);
  }

  /**
   * Opens the history.
   *
   * @param foreign patterns of file names of copies that others make; {@code {NAME}} stands for the
   *     name of the file itself
   * @param most how many versions of a file are kept
   */
  EnvHistory(Home home, List<String> foreign, int most) {
    this.most = most;
    this.folder = home.state().resolve("env-history");
    this.vault = new HistoryVault(folder);
    this.foreign = List.copyOf(foreign);
  }

  /**
   * Keeps a content; does nothing where {@code record} has kept it already. The caller holds the
   * lock of the file.
   *
   * @return the identity of the version
   */
  String keep(EnvRecord record, byte[] content, Instant now) throws IOException {
    return keep(record.id(), record.file(), record.reason(), record.names(), content, now);
  }

  /**
   * Keeps a content that is no save's old one, such as what was found half-written.
   *
   * @param save what the version is known by: for the same one nothing more is kept
   */
  String keep(
      String save, Path file, String reason, List<String> names, byte[] content, Instant now)
      throws IOException {
    Path own = folderOf(file);
    AtomicFiles.createFolder(own);
    long last = 0;
    for (Path description : descriptions(own)) {
      String id = idOf(description);
      last = Math.max(last, Long.parseLong(id));
      if (save.equals(saveOf(description))) {
        return id;
      }
    }
    String id = String.format(Locale.ROOT, "%08d", last + 1);
    AtomicFiles.replace(own.resolve(id + ".pgp"), vault.seal(content));
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("save", save);
    members.put("file", file.toString());
    members.put("at", now.toString());
    members.put("hash", EnvFile.hash(content));
    members.put("size", content.length);
    members.put("reason", reason);
    members.put("names", names);
    // Where the description is, the content is too.
    AtomicFiles.replace(
        own.resolve(id + ".json"), JsonMapper.builder().build().writeValueAsBytes(members));
    prune(own);
    return id;
  }

  /** Takes away what is too old, and what a kill left; the lock of the file is ours. */
  private void prune(Path own) throws IOException {
    List<Path> all = descriptions(own);
    for (Path old : all.subList(0, Math.max(0, all.size() - most))) {
      AtomicFiles.delete(old);
    }
    List<Path> orphans = new ArrayList<>();
    try (Stream<Path> rest = Files.list(own)) {
      rest.filter(EnvHistory::orphan).forEach(orphans::add);
    }
    for (Path orphan : orphans) {
      AtomicFiles.destroy(orphan);
    }
  }

  private static boolean orphan(Path path) {
    String name = path.getFileName().toString();
    if (name.matches("[0-9]{8}\\.pgp")) {
      return !Files.exists(path.resolveSibling(name.replace(".pgp", ".json")));
    }
    return name.matches("\\.[0-9]{8}\\.(pgp|json)\\.quayside-[0-9a-f]{16}");
  }

  private Path folderOf(Path file) {
    return folder.resolve(EnvLocks.key(file));
  }

  private static List<Path> descriptions(Path own) throws IOException {
    if (!Files.isDirectory(own)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(own)) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9]{8}\\.json"))
          .sorted()
          .toList();
    }
  }

  private static String idOf(Path description) {
    String name = description.getFileName().toString();
    return name.substring(0, name.length() - ".json".length());
  }

  private static JsonNode read(Path description) throws IOException {
    try {
      return JsonMapper.builder().build().readTree(Files.readAllBytes(description));
    } catch (JacksonException broken) {
      throw new IOException("a version of the history cannot be read: " + description, broken);
    }
  }

  /** Returns which save made a version; empty where its description is damaged. */
  private static String saveOf(Path description) {
    try {
      return read(description).path("save").stringValue("");
    } catch (IOException damaged) {
      // One damaged version must not stop every further save of its file.
      LOG.warn("a version of the history cannot be read", damaged);
      return "";
    }
  }

  /**
   * Lists the versions of a file.
   *
   * @param versions newest first, the copies of others among them
   * @param unread folders and files in which copies of others may lie and that could not be read
   */
  public record Found(List<EnvVersion> versions, List<Path> unread) {
    /** Makes the lists immutable. */
    public Found {
      versions = List.copyOf(versions);
      unread = List.copyOf(unread);
    }
  }

  /** Returns the versions of a file that could be read. */
  public List<EnvVersion> list(EnvTarget target) throws ProblemException {
    return look(target).versions();
  }

  /** Looks for the versions of a file. What others left and bars the way costs only itself. */
  public Found look(EnvTarget target) throws ProblemException {
    try {
      Set<Path> unread = new TreeSet<>();
      List<EnvVersion> versions = new ArrayList<>();
      for (Path description : descriptions(folderOf(target.file()))) {
        EnvVersion version = described(target, description);
        if (version != null) {
          versions.add(version);
        }
      }
      versions.addAll(foreign(target, unread));
      versions.sort(Comparator.comparing(EnvVersion::at).thenComparing(EnvVersion::id).reversed());
      return new Found(versions, List.copyOf(unread));
    } catch (IOException failure) {
      throw unreadable(target, failure);
    }
  }

  /** Returns what a description says; null where it is damaged. */
  private static @Nullable EnvVersion described(EnvTarget target, Path description) {
    try {
      JsonNode node = read(description);
      List<String> names = new ArrayList<>();
      node.path("names").forEach(name -> names.add(name.stringValue("")));
      return new EnvVersion(
          idOf(description),
          target.file(),
          Instant.parse(node.path("at").stringValue("")),
          node.path("hash").stringValue(""),
          node.path("size").longValue(0),
          node.path("reason").stringValue(""),
          names,
          null,
          "");
    } catch (IOException | DateTimeParseException damaged) {
      LOG.warn("the version {} is passed over", description, damaged);
      return null;
    }
  }

  private List<EnvVersion> foreign(EnvTarget target, Set<Path> unread) {
    Path beside = target.file().getParent();
    Path name = target.file().getFileName();
    if (beside == null || name == null) {
      return List.of();
    }
    Set<Path> found = new TreeSet<>();
    for (String pattern : foreign) {
      String filled = pattern.replace("{NAME}", escaped(name.toString()));
      int slash = filled.lastIndexOf('/');
      Path in = slash < 0 ? beside : beside.resolve(filled.substring(0, slash));
      try (var matching = Files.newDirectoryStream(in, filled.substring(slash + 1))) {
        for (Path path : matching) {
          if (Files.isRegularFile(path) && found.size() < LONGEST_LIST) {
            found.add(path);
          }
        }
      } catch (NoSuchFileException | NotDirectoryException none) {
        // Most stacks have no such folder.
        LOG.trace("no copies in {}", in);
      } catch (IOException | DirectoryIteratorException barred) {
        LOG.warn("copies in {} cannot be listed", in, barred);
        unread.add(in);
      }
    }
    found.remove(target.file());
    List<EnvVersion> versions = new ArrayList<>();
    for (Path path : found) {
      try {
        versions.add(foreign(target, beside, path));
      } catch (NoSuchFileException gone) {
        LOG.debug("the copy {} is gone", path);
      } catch (IOException barred) {
        LOG.warn("the copy {} cannot be looked at", path, barred);
        unread.add(path);
      }
    }
    return versions;
  }

  /** A file's own name means itself in a pattern. */
  private static String escaped(String name) {
    return name.replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
  }

  private static EnvVersion foreign(EnvTarget target, Path beside, Path path) throws IOException {
    String hash = "";
    try (EnvFile file = EnvFile.read(path)) {
      hash = file.hash();
    } catch (ProblemException unreadable) {
      // It is listed all the same: that it lies there is worth knowing.
      hash = "";
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
    boolean open =
        mode.contains(PosixFilePermission.GROUP_READ)
            || mode.contains(PosixFilePermission.OTHERS_READ);
    return new EnvVersion(
        beside.relativize(path).toString(),
        target.file(),
        Files.getLastModifiedTime(path).toInstant(),
        hash,
        Files.size(path),
        "foreign",
        List.of(),
        path,
        open ? PosixFilePermissions.toString(mode) : "");
  }

  /** Returns whether a copy that others made is, by its name, one of {@code file}. */
  static boolean copyOf(Path file, Path copy) {
    String name = String.valueOf(file.getFileName());
    String other = String.valueOf(copy.getFileName());
    return other.startsWith(name) && ENDING.matcher(other.substring(name.length())).matches();
  }

  /** Returns the version called {@code id}. */
  public EnvVersion find(EnvTarget target, String id) throws ProblemException {
    String number = id.matches("[0-9]{1,8}") ? "0".repeat(8 - id.length()) + id : id;
    for (EnvVersion version : list(target)) {
      if (version.id().equals(id) || version.id().equals(number)) {
        return version;
      }
    }
    throw new ProblemException(MESSAGES.problem("ENV-NO-VERSION", id, target.name()));
  }

  /** Returns the content of a version; the caller wipes it. */
  byte[] content(EnvTarget target, EnvVersion version) throws ProblemException {
    Path foreignCopy = version.foreign();
    if (foreignCopy != null) {
      try (EnvFile file = EnvFile.read(foreignCopy)) {
        return file.content();
      }
    }
    try {
      byte[] sealed = Files.readAllBytes(folderOf(target.file()).resolve(version.id() + ".pgp"));
      byte[] content = vault.open(sealed);
      if (!EnvFile.hash(content).equals(version.hash())) {
        Arrays.fill(content, (byte) 0);
        throw new IOException("version " + version.id() + " is not what was kept");
      }
      return content;
    } catch (IOException failure) {
      throw unreadable(target, failure);
    }
  }

  private static ProblemException unreadable(EnvTarget target, @Nullable Exception failure) {
    return new ProblemException(
        MESSAGES.problem(
            "ENV-HISTORY-UNREADABLE",
            target.name(),
            failure == null ? "" : String.valueOf(failure.getMessage())));
  }
}
