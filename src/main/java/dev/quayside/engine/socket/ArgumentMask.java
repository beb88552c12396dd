package dev.quayside.engine.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what looks like a secret in the arguments of a command: stacks do pass passwords that way,
 * and a panel must not repeat them. Judged by the option's name and by the form of addresses; what
 * it cannot know it shows.
 */
final class ArgumentMask {

  private static final String MASK = "••••";
  private static final Pattern TELLING =
      Pattern.compile(
          "(?i)^-{0,2}[a-z0-9_.:-]*(pass(word|wd|phrase)?|secret|token|credentials?|api[_-]?keys?|master[_-]?key|requirepass|masterauth)$");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("^([^=\\s]{1,100})=(.*)$", Pattern.DOTALL);
  private static final Pattern IN_ADDRESS =
      Pattern.compile("(://[^\\s/:@]{0,100}):[^\\s/@]{1,500}@");
  private static final Pattern IN_SCRIPT =
      Pattern.compile(
          "(?i)((?:--?requirepass|--?masterauth|--?password|--?api-key|--?token)[ =])(?!\\$)\\S+");

  private ArgumentMask() {}

  static List<String> mask(List<String> arguments) {
    List<String> masked = new ArrayList<>();
    boolean secretFollows = false;
    for (String argument : arguments) {
      masked.add(secretFollows && !argument.startsWith("-") ? MASK : mask(argument));
      secretFollows = TELLING.matcher(argument).matches() && argument.startsWith("-");
    }
    return masked;
  }

  private static String mask(String argument) {
    Matcher assignment = ASSIGNMENT.matcher(argument);
    if (assignment.matches() && TELLING.matcher(assignment.group(1)).matches()) {
      return assignment.group(1) + "=" + MASK;
    }
    String withoutAddress = IN_ADDRESS.matcher(argument).replaceAll("$1:" + MASK + "@");
    return IN_SCRIPT.matcher(withoutAddress).replaceAll("$1" + MASK);
  }
}
