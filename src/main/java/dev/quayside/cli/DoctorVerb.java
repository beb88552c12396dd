package dev.quayside.cli;

import dev.quayside.setup.DoctorFinding;
import dev.quayside.setup.DoctorFinding.Severity;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says what is missing on this machine and the command that mends it. Ends with 3 if something is.
 */
@Command(name = "doctor", resourceBundle = "dev.quayside.cli.help")
final class DoctorVerb extends Verb {

  @Override
  ExitCode run(Session session, Terminal terminal) {
    List<DoctorFinding> findings = session.doctor().examine();
    boolean well =
        findings.stream().allMatch(finding -> finding.severity().compareTo(Severity.WARNING) < 0);
    ExitCode code = well ? ExitCode.PROVEN : ExitCode.FINDINGS;
    if (terminal.forPrograms()) {
      terminal.print(document(terminal.json(), findings, code));
    } else {
      findings.forEach(finding -> terminal.say(text(terminal, finding)));
    }
    return code;
  }

  private static String text(Terminal terminal, DoctorFinding finding) {
    StringBuilder text = new StringBuilder();
    text.append(terminal.text("doctor." + Json.word(finding.severity()), finding.title()));
    if (finding.severity() != Severity.OK) {
      text.append("\n      ").append(finding.evidence().replace("\n", "\n      "));
      if (!finding.nextStep().isBlank()) {
        text.append("\n      ")
            .append(terminal.text("problem.next"))
            .append(' ')
            .append(finding.nextStep());
      }
      if (finding.command() != null) {
        text.append("\n        ").append(finding.command());
      }
    }
    return text.toString();
  }

  private static ObjectNode document(Json json, List<DoctorFinding> findings, ExitCode code) {
    ObjectNode document = json.document("doctor");
    document.put("exitCode", code.code());
    ArrayNode array = document.putArray("findings");
    for (DoctorFinding finding : findings) {
      ObjectNode one = array.addObject();
      one.put("id", finding.id());
      one.put("severity", Json.word(finding.severity()));
      one.put("title", finding.title());
      one.put("evidence", finding.evidence());
      one.put("nextStep", finding.nextStep());
      one.put("command", finding.command());
    }
    return document;
  }
}
