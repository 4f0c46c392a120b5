"""Write side: file → Document → Plan → chunks → index. Nothing here runs while a question is answered."""
