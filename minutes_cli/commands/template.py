"""交出版面的範本、綱要與參考文件，供機關修改。 | Hand out templates, schema and reference document to be changed."""
