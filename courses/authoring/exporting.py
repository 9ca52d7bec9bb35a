"""Tables taken away from the reports of the desk."""

from typing import Any

from django.http import FileResponse, StreamingHttpResponse


class InOwnLanguage:
    """Writes a CSV export at once: streamed, its rows would be made once the author's language is no longer active."""

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        response: StreamingHttpResponse | FileResponse = super().as_spreadsheet(queryset, spreadsheet_format)  # type: ignore[misc]
        if spreadsheet_format == "csv":
            response.streaming_content = list(response.streaming_content)  # type: ignore[arg-type]
        return response
