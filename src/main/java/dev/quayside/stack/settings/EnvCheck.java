package dev.quayside.stack.settings;

import dev.quayside.catalogue.EnvReader;
import dev.quayside.common.Messages;
import dev.quayside.common.Secret;
import dev.quayside.stack.env.EnvEntry;
import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks for what is wrong with an environment file; changes nothing and shows no value. */
public final class EnvCheck {

  private static final Messages MESSAGES = Messages.of("env");

  /** A reference without a default; two signs stand for one. */
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:\\$|\\{([A-Za-z_][A-Za-z0-9_]*)}|([A-Za-z_][A-Za-z0-9_]*))");

  private final EnvJudge judge;

  /** Creates a check that knows of settings what {@code judge} does. */
  public EnvCheck(EnvJudge judge) {
    this.judge = judge;
  }

  /** Returns the problems of a content, in the order of its lines. */
  public List<EnvProblem> ofContent(EnvFile file, Set<EnvReader> readers) {
    List<EnvProblem> found = new ArrayList<>();
    if (file.brokenLine() != 0) {
      found.add(problem(EnvProblem.Kind.BROKEN, "", file.brokenLine()));
    }
    int crlf = firstCarriageReturn(file);
    if (crlf > 0) {
      found.add(problem(EnvProblem.Kind.CRLF, "", crlf));
    }
    Map<String, Set<EnvReader>> differently = file.readDifferently(readers);
    for (EnvEntry entry : file.entries()) {
      if (entry.equals(file.entry(entry.name()))) {
        ofName(entry, file, differently.getOrDefault(entry.name(), Set.of()), found);
      }
    }
    found.sort(java.util.Comparator.comparingInt(EnvProblem::line));
    return List.copyOf(found);
  }

  private void ofName(
      EnvEntry entry, EnvFile file, Set<EnvReader> differing, List<EnvProblem> found) {
    String name = entry.name();
    if (file.count(name) > 1) {
      String lines =
          String.join(
              ", ", file.entries(name).stream().map(one -> Integer.toString(one.line())).toList());
      found.add(problem(EnvProblem.Kind.DUPLICATE, name, entry.line(), lines));
    }
    String inert = judge.inert(name);
    if (inert != null) {
      found.add(problem(EnvProblem.Kind.INERT, name, entry.line()));
    }
    try (Secret value = file.value(name)) {
      if (value == null) {
        return;
      }
      if (value.length() > 0 && judge.secret(name) && judge.known(value)) {
        found.add(problem(EnvProblem.Kind.KNOWN_VALUE, name, entry.line()));
      }
      boolean interpolated = file.interpolated(entry);
      if (interpolated) {
        found.add(problem(EnvProblem.Kind.INTERPOLATED, name, entry.line()));
        for (String missing : undefined(value, file)) {
          found.add(problem(EnvProblem.Kind.UNDEFINED, name, entry.line(), missing));
        }
      } else if (!differing.isEmpty()) {
        String who =
            differing.stream()
                .map(reader -> MESSAGES.get("reader." + reader.name()))
                .collect(Collectors.joining("; "));
        found.add(problem(EnvProblem.Kind.READ_DIFFERENTLY, name, entry.line(), who));
      }
    }
  }

  private static Set<String> undefined(Secret value, EnvFile file) {
    return value.withChars(chars -> {
      Set<String> missing = new TreeSet<>();
      Matcher matcher = REFERENCE.matcher(CharBuffer.wrap(chars));
      while (matcher.find()) {
        String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        if (name != null && file.count(name) == 0) {
          missing.add(name);
        }
      }
      return missing;
    });
  }

  private static int firstCarriageReturn(EnvFile file) {
    byte[] content = file.content();
    int line = 1;
    int found = 0;
    for (int i = 0; i < content.length && found == 0; i++) {
      if (content[i] == '\n') {
        found = i > 0 && content[i - 1] == '\r' ? line : 0;
        line++;
      }
    }
    java.util.Arrays.fill(content, (byte) 0);
    return found;
  }

  /** Returns the problems of the file as such: who may read it, and whose it is. */
  public List<EnvProblem> ofFile(Path file) {
    List<EnvProblem> found = new ArrayList<>();
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      boolean wide =
          mode.stream()
              .anyMatch(
                  right -> right.name().startsWith("GROUP_") || right.name().startsWith("OTHERS_"));
      if (wide) {
        found.add(problem(EnvProblem.Kind.MODE, "", 0, PosixFilePermissions.toString(mode)));
      }
      Path folder = file.toRealPath().getParent();
      Object owner = Files.getAttribute(file, "unix:uid");
      if (folder != null && !owner.equals(Files.getAttribute(folder, "unix:uid"))) {
        found.add(problem(EnvProblem.Kind.OWNER, "", 0, owner));
      }
    } catch (IOException | UnsupportedOperationException unknown) {
      // What cannot be told is not reported as a fault.
      return List.copyOf(found);
    }
    return List.copyOf(found);
  }

  private static EnvProblem problem(
      EnvProblem.Kind kind, String name, int line, @Nullable Object... details) {
    Object[] arguments = new Object[details.length + 1];
    arguments[0] = name;
    for (int i = 0; i < details.length; i++) {
      arguments[i + 1] = String.valueOf(details[i]);
    }
    return new EnvProblem(kind, name, line, MESSAGES.get("problem." + kind.name(), arguments));
  }
}
