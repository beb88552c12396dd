package dev.quayside.backup.schedule;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words the two units of a systemd timer. */
final class UnitText {

  /**
   * Starts the command, in the background of what else runs. systemd refuses a program whose path
   * holds a quote or a backslash; an argument may hold anything.
   */
  private static final List<String> STARTER = List.of("/usr/bin/nice", "-n", "10");

  private UnitText() {}

  /**
   * Returns a name for a unit that holds {@code name}: what systemd does not allow in one is
   * escaped as {@code systemd-escape} does.
   */
  static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xFF);
      if (plain(c) && !(i == 0 && c == '.')) {
        text.append(c);
      } else {
        text.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
      }
    }
    return text.toString();
  }

  private static boolean plain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_.".indexOf(c) >= 0;
  }

  /** Returns the unit that makes one backup. */
  static String service(String stack, List<String> command) {
    return """
    # Made by Quayside: quayside backup schedule set. Take it away with: quayside backup schedule off
    [Unit]
    Description=Quayside backup of %s

    [Service]
    Type=oneshot
    ExecStart=%s
    # What needs attention is told by Quayside; only a failure is one for systemd.
    SuccessExitStatus=4
    IOSchedulingClass=idle
    TimeoutStopSec=120
    """
        .formatted(plainWords(stack), commandLine(command));
  }

  /** Returns the unit that starts the other one, also for a time at which the machine was off. */
  static String timer(String stack, OnCalendar calendar) {
    return """
    # Made by Quayside: quayside backup schedule set. Take it away with: quayside backup schedule off
    [Unit]
    Description=Quayside backup of %s

    [Timer]
    OnCalendar=%s
    Persistent=true
    AccuracySec=1min

    [Install]
    WantedBy=timers.target
    """
        .formatted(plainWords(stack), calendar.expression());
  }

  private static String plainWords(String text) {
    return text.replaceAll("[^\\p{L}\\p{N} ._-]", "_");
  }

  /**
   * Quotes arguments so that systemd hands on exactly these (systemd.service(5), "Command lines"):
   * no variable and no specifier is put in, no quote or backslash is taken for more than itself.
   */
  static String commandLine(List<String> command) {
    return Stream.concat(STARTER.stream(), command.stream())
        .map(UnitText::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    StringBuilder text = new StringBuilder("\"");
    for (byte each : argument.getBytes(StandardCharsets.UTF_8)) {
      int b = each & 0xFF;
      switch (b) {
        case '"', '\\' -> text.append('\\').append((char) b);
        case '%', '$' -> text.append((char) b).append((char) b);
        default -> {
          if (b >= ' ' && b < 0x7F) {
            text.append((char) b);
          } else {
            text.append(String.format(Locale.ROOT, "\\x%02x", b));
          }
        }
      }
    }
    return text.append('"').toString();
  }
}
