package dev.quayside.secrets;

import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.stack.ServiceResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes receipts as JSON. */
final class RotationReceipts {

  private RotationReceipts() {}

  static byte[] json(RotationReceipt receipt) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("receipt", "rotation");
    members.put("id", receipt.id());
    members.put("stack", receipt.stack());
    members.put("file", receipt.file().toString());
    members.put("began", receipt.began().toString());
    members.put("tookMillis", receipt.took().toMillis());
    List<Object> secrets = new ArrayList<>();
    receipt.secrets().forEach(secret -> secrets.add(secret(secret)));
    members.put("secrets", secrets);
    List<Object> services = new ArrayList<>();
    receipt.services().forEach(service -> services.add(service(service)));
    members.put("services", services);
    members.put("journalHead", receipt.journalHead());
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsBytes(members);
  }

  private static Map<String, Object> secret(RotationReceipt.RotatedSecret secret) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", secret.name());
    members.put("oldFingerprint", secret.oldFingerprint());
    members.put("newFingerprint", secret.newFingerprint());
    List<Object> probes = new ArrayList<>();
    for (ProbeAnswer probe : secret.probes()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("credential", probe.credential().name());
      answer.put("service", probe.service());
      answer.put("request", probe.request());
      answer.put("target", probe.target());
      answer.put("from", probe.from());
      answer.put("status", probe.status() == 0 ? null : probe.status());
      answer.put("verdict", probe.verdict().name());
      probes.add(answer);
    }
    members.put("probes", probes);
    return members;
  }

  private static Map<String, Object> service(ServiceResult result) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("service", result.service());
    members.put("state", result.state().name());
    members.put("text", result.text());
    members.put("tookMillis", result.took().toMillis());
    return members;
  }
}
