locals {
  flink_account = "flink"
}

resource "kubernetes_namespace_v1" "this" {
  metadata {
    name = local.namespace
    labels = {
      "pod-security.kubernetes.io/enforce" = "baseline"
    }
  }

  depends_on = [google_container_node_pool.cpu]
}

resource "helm_release" "operator" {
  name             = "flink-kubernetes-operator"
  repository       = "https://archive.apache.org/dist/flink/flink-kubernetes-operator-${var.operator_version}/"
  chart            = "flink-kubernetes-operator"
  version          = var.operator_version
  namespace        = "flink-operator"
  create_namespace = true
  atomic           = true
  timeout          = 600

  values = [yamlencode({
    # Rights in this namespace alone, and the service account of the jobs in it.
    watchNamespaces   = [kubernetes_namespace_v1.this.metadata[0].name]
    jobServiceAccount = { create = true, name = local.flink_account }
    # The webhook would need cert-manager. The schedule submits one template, which is checked before.
    webhook = { create = false }
  })]
}
