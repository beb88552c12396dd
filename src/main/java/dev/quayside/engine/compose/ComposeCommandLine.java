package dev.quayside.engine.compose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes an invocation as the command that a person types in a POSIX shell, in the project
 * directory.
 */
public final class ComposeCommandLine {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private ComposeCommandLine() {}

  /** Returns the words after {@code cd DIRECTORY}, quoted where a shell needs it. */
  public static String text(ComposeInvocation invocation) {
    List<String> words = new ArrayList<>(List.of("docker", "compose"));
    if (!invocation.project().isEmpty()) {
      words.addAll(List.of("-p", invocation.project()));
    }
    if (!invocation.files().isEmpty()
        && !invocation.directory().equals(invocation.files().getFirst().getParent())) {
      // Compose would take the folder of the first file.
      words.addAll(List.of("--project-directory", "."));
    }
    invocation.files().forEach(file -> words.addAll(List.of("-f", near(invocation, file))));
    invocation
        .envFiles()
        .forEach(file -> words.addAll(List.of("--env-file", near(invocation, file))));
    invocation.profiles().forEach(profile -> words.addAll(List.of("--profile", profile)));
    return words.stream().map(ComposeCommandLine::quoted).collect(Collectors.joining(" "));
  }

  private static String near(ComposeInvocation invocation, Path file) {
    return file.startsWith(invocation.directory())
        ? invocation.directory().relativize(file).toString()
        : file.toString();
  }

  /** Returns {@code word} so that a POSIX shell takes it for one word and expands nothing in it. */
  public static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
