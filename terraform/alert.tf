resource "google_monitoring_notification_channel" "email" {
  for_each = var.alert_emails

  project      = var.project_id
  display_name = "${var.name}: ${each.key}"
  type         = "email"
  labels       = { email_address = each.key }

  depends_on = [time_sleep.services]
}

# Kubernetes itself says that a run failed, so a run that was killed or never started is told as well.
resource "google_monitoring_alert_policy" "failed_run" {
  project      = var.project_id
  display_name = "${var.name}: a scheduled benchmark failed"
  combiner     = "OR"
  severity     = "ERROR"

  conditions {
    display_name = "A run of ${var.suite} failed, timed out, was missed or became worse"
    condition_matched_log {
      filter = <<-EOT
        log_id("events")
        resource.labels.cluster_name="${google_container_cluster.this.name}"
        jsonPayload.involvedObject.namespace="${local.namespace}"
        jsonPayload.involvedObject.name:"${var.suite}"
        (
          (
            jsonPayload.involvedObject.kind="Job" AND
            jsonPayload.reason=("BackoffLimitExceeded" OR "DeadlineExceeded" OR "FailedCreate")
          ) OR (
            jsonPayload.involvedObject.kind="CronJob" AND
            jsonPayload.reason=("FailedCreate" OR "JobAlreadyActive" OR "MissSchedule" OR "TooManyMissedTimes")
          )
        )
      EOT
      label_extractors = {
        job    = "EXTRACT(jsonPayload.involvedObject.name)"
        reason = "EXTRACT(jsonPayload.reason)"
      }
    }
  }
  alert_strategy {
    auto_close = "604800s"
    notification_rate_limit {
      period = "3600s"
    }
  }
  notification_channels = concat(
    [for channel in google_monitoring_notification_channel.email : channel.name],
    tolist(var.notification_channels),
  )
  documentation {
    mime_type = "text/markdown"
    subject   = "pixelprobe: a scheduled benchmark failed"
    content   = <<-EOT
      The run is the Kubernetes job named in this alert. Its container `benchmark` says why a run failed, its container
      `report` which figure became worse:

          kubectl -n ${local.namespace} logs job/JOB --all-containers

      When the job is gone from Kubernetes, Cloud Logging still has its lines:

          gcloud logging read 'resource.labels.cluster_name="${google_container_cluster.this.name}" resource.labels.namespace_name="${local.namespace}"' --project ${var.project_id} --freshness 14d

      No run may be left over; this must print nothing once no job is active:

          kubectl -n ${local.namespace} get flinkdeployments
    EOT
  }
}
