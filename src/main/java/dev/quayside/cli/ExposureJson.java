package dev.quayside.cli;

import dev.quayside.exposure.PortTruth;
import dev.quayside.exposure.StackExposure;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.exposure.probe.ProbeFinding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the truth table as the document {@code quayside/exposure/1}. */
final class ExposureJson {

  private final Json json;

  ExposureJson(Json json) {
    this.json = json;
  }

  ObjectNode document(
      String stack,
      Instant at,
      StackExposure.Table table,
      @Nullable List<ProbeFinding> findings,
      ExposureVerdict verdict) {
    ObjectNode document = json.document("exposure");
    document.put("exitCode", verdict.code().code());
    document.set("reasons", json.texts(verdict.reasons()));
    document.put("stack", stack);
    Json.put(document, "at", at);
    document.set(
        "undeclared", table.undeclared() == null ? null : json.problem(table.undeclared()));
    ArrayNode ports = document.putArray("ports");
    table.rows().forEach(row -> ports.add(port(row)));
    if (findings == null) {
      document.putNull("probes");
    } else {
      ArrayNode probes = document.putArray("probes");
      findings.forEach(finding -> probes.add(probe(finding)));
    }
    return document;
  }

  private ObjectNode port(PortTruth row) {
    ObjectNode node = json.object();
    node.put("service", row.service());
    node.put("container", row.container().isEmpty() ? null : row.container());
    node.put("port", row.port() == 0 ? null : Integer.valueOf(row.port()));
    node.put("protocol", row.protocol().isEmpty() ? null : row.protocol());
    node.set("declared", row.declared() == null ? null : json.texts(row.declared()));
    node.set("ipv4", json.texts(row.ipv4()));
    node.set("ipv6", json.texts(row.ipv6()));
    node.put("listens", Json.word(row.listens()));
    node.put("hostNetwork", row.hostNetwork());
    node.put("exposure", Json.word(row.exposure()));
    node.put("expected", row.expected() == null ? null : Json.word(row.expected()));
    node.set("marks", json.texts(row.marks().stream().sorted().map(Json::word).toList()));
    node.put("reason", row.reason().isEmpty() ? null : row.reason());
    return node;
  }

  private ObjectNode probe(ProbeFinding finding) {
    ObjectNode node = json.object();
    node.put("service", finding.service());
    node.put("container", finding.container().isEmpty() ? null : finding.container());
    node.put("port", finding.port());
    node.put("expects", finding.expects() == null ? null : Json.word(finding.expects()));
    node.put("guard", Json.word(finding.guard()));
    Json.put(node, "at", finding.at());
    ArrayNode answers = node.putArray("answers");
    for (ProbeAnswer answer : finding.answers()) {
      ObjectNode one = answers.addObject();
      one.put("credential", Json.word(answer.credential()));
      one.put("request", answer.request());
      one.put("from", answer.from());
      one.put("target", answer.target());
      one.put("code", answer.code().isEmpty() ? null : answer.code());
      one.put("verdict", Json.word(answer.verdict()));
    }
    return node;
  }
}
